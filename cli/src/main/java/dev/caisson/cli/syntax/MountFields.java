// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.resources.ByteSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The keys of a --mount.
 *
 * @param fields values by their long names
 * @param target where in the container
 */
record MountFields(Map<String, String> fields, ContainerPath target) {
    Mount bind() {
        refuse("tmpfs-", "bind");
        String source = fields.getOrDefault("source", "");
        if (source.isEmpty()) {
            throw new BadValueException("names no source", "give source=/path of the host");
        }
        Propagation propagation = propagation();
        String recursion = recursion();
        if (recursion.equals("readonly") && (!flag("readonly") || propagation != Propagation.RPRIVATE)) {
            throw new BadValueException(
                    "has bind-recursive=readonly without readonly and bind-propagation=rprivate", "give these too");
        }
        return new Mount(
                new Mount.Bind(BindSource.read(source), !recursion.equals("disabled")),
                target,
                bindFlags(recursion),
                Optional.of(propagation),
                Optional.empty(),
                false,
                List.of());
    }

    private MountFlags bindFlags(String recursion) {
        if (!flag("readonly")) {
            return MountFlags.of();
        }
        boolean single = recursion.equals("writable") || recursion.equals("disabled");
        return single
                ? MountFlags.of(MountFlag.READONLY)
                : new MountFlags(Set.of(), Set.of(), Set.of(MountFlag.READONLY), Set.of());
    }

    /** bind-nonrecursive is the older spelling of bind-recursive=disabled. */
    private String recursion() {
        if (flag("bind-nonrecursive")) {
            if (fields.containsKey("bind-recursive")) {
                throw new BadValueException(
                        "has both bind-recursive and bind-nonrecursive", "give bind-recursive alone");
            }
            return "disabled";
        }
        String recursion = fields.getOrDefault("bind-recursive", "enabled");
        if (!List.of("enabled", "disabled", "writable", "readonly").contains(recursion)) {
            throw new BadValueException(
                    "has bind-recursive=" + recursion, "give enabled, disabled, writable or readonly");
        }
        return recursion;
    }

    private Propagation propagation() {
        String word = fields.getOrDefault("bind-propagation", "rprivate");
        return PropagationSyntax.find(word)
                .orElseThrow(() ->
                        new BadValueException("has bind-propagation=" + word, "give " + PropagationSyntax.CHOICES));
    }

    Mount tmpfs() {
        refuse("bind-", "tmpfs");
        if (fields.containsKey("source")) {
            throw new BadValueException("gives a source to a tmpfs", "leave it out: it starts empty");
        }
        Optional<ByteSize> size = Optional.ofNullable(fields.get("tmpfs-size")).map(ByteSize::parse);
        String mode = fields.get("tmpfs-mode");
        Set<MountFlag> flags = flag("readonly")
                ? Set.of(MountFlag.NOEXEC, MountFlag.NOSUID, MountFlag.NODEV, MountFlag.READONLY)
                : Set.of(MountFlag.NOEXEC, MountFlag.NOSUID, MountFlag.NODEV);
        return new Mount(
                new Mount.Tmpfs(
                        size, mode == null ? OptionalInt.empty() : OptionalInt.of(TmpfsSyntax.readMode(mode)), false),
                target,
                new MountFlags(flags, Set.of(), Set.of(), Set.of()),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }

    private boolean flag(String key) {
        String value = fields.getOrDefault(key, "false");
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new BadValueException("has " + key + "=" + value, "give true or false");
        };
    }

    private void refuse(String prefix, String type) {
        fields.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .findFirst()
                .ifPresent(key -> {
                    throw new BadValueException("has " + key + " with type=" + type, "leave it out");
                });
    }
}
