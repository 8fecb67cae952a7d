// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.seccomp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Seccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a profile from a JSON file. */
public final class SeccompFile {
    private final ProfileConditions conditions;

    private SeccompFile(ProfileConditions conditions) {
        this.conditions = conditions;
    }

    /**
     * Returns the profile for a container with those capabilities, on which Docker's rules may depend.
     *
     * @throws BadValueException if there is no such file or it holds no profile
     */
    public static Seccomp read(String file, Set<Capability> capabilities) {
        return new SeccompFile(ProfileConditions.ofMachine(capabilities)).profile(json(Path.of(file)));
    }

    static Seccomp.Profile parse(String text, ProfileConditions conditions) throws JsonProcessingException {
        return new SeccompFile(conditions).profile(new ObjectMapper().readTree(text));
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (NoSuchFileException absent) {
            throw new BadValueException(
                    "names a seccomp profile that does not exist", "give unconfined, builtin or a JSON file");
        } catch (JsonProcessingException broken) {
            throw new BadValueException("holds no JSON: " + broken.getOriginalMessage(), "give a seccomp profile");
        } catch (IOException failure) {
            throw new BadValueException("can't be read: " + failure, "give a readable seccomp profile");
        }
    }

    private Seccomp.Profile profile(JsonNode root) {
        return new Seccomp.Profile(
                action(root.path("defaultAction")),
                number(root.path("defaultErrnoRet")),
                architectures(root),
                flags(root.path("flags")),
                Optional.of(root.path("listenerPath").asText())
                        .filter(path -> !path.isEmpty())
                        .map(Path::of),
                root.path("listenerMetadata").asText(),
                rules(root.path("syscalls")));
    }

    /** Docker's archMap names for each architecture those that its kernel runs too; OCI's list says it for this machine. */
    private List<String> architectures(JsonNode root) {
        List<String> names = ProfileConditions.texts(root.path("architectures"));
        String ours = conditions.architecture().equals("arm64") ? "SCMP_ARCH_AARCH64" : "SCMP_ARCH_X86_64";
        for (JsonNode entry : root.path("archMap")) {
            if (entry.path("architecture").asText().equals(ours)) {
                names.addAll(ProfileConditions.texts(entry.path("subArchitectures")));
            }
        }
        names.remove(ours);
        return names;
    }

    private static Set<Seccomp.Flag> flags(JsonNode array) {
        Set<Seccomp.Flag> flags = EnumSet.noneOf(Seccomp.Flag.class);
        for (String name : ProfileConditions.texts(array)) {
            flags.add(SeccompWords.flag(name));
        }
        return flags;
    }

    private List<Seccomp.Rule> rules(JsonNode array) {
        List<Seccomp.Rule> rules = new ArrayList<>();
        for (JsonNode rule : array) {
            if (conditions.hold(rule)) {
                rules.add(rule(rule));
            }
        }
        return rules;
    }

    private static Seccomp.Rule rule(JsonNode rule) {
        List<String> names = ProfileConditions.texts(rule.path("names"));
        if (rule.hasNonNull("name")) {
            names.add(rule.path("name").asText());
        }
        List<Seccomp.Argument> arguments = new ArrayList<>();
        for (JsonNode argument : rule.path("args")) {
            arguments.add(new Seccomp.Argument(
                    argument.path("index").asInt(),
                    argument.path("value").bigIntegerValue().longValue(),
                    argument.path("valueTwo").bigIntegerValue().longValue(),
                    SeccompWords.operator(argument.path("op").asText())));
        }
        return new Seccomp.Rule(names, action(rule.path("action")), number(rule.path("errnoRet")), arguments);
    }

    private static Seccomp.Action action(JsonNode node) {
        return SeccompWords.action(node.asText());
    }

    private static OptionalInt number(JsonNode node) {
        return node.isNumber() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
    }
}
