// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Compiles profiles by libseccomp. Thread-safe; each compilation is on its own. */
final class ProfileCompiler {
    private static final int EPERM = 1;
    private static final int EEXIST = 17;
    private static final int UNKNOWN = -1;
    private static final String PREFIX = "SCMP_ARCH_";

    /** BPF_MAXINSNS. */
    private static final int MOST_INSTRUCTIONS = 4096;

    private final FilterExport export;

    ProfileCompiler(Kernel kernel) {
        this.export = new FilterExport(kernel);
    }

    /**
     * Compiles a profile.
     *
     * @throws DriverException of kind USER for an architecture, rule or size that libseccomp or the kernel can't take; of
     *     kind MACHINE without libseccomp
     */
    SeccompFilter compile(Seccomp.Profile profile) {
        int defaultAction = SeccompNumbers.action(
                profile.defaultAction(), profile.defaultErrno().orElse(EPERM));
        try (FilterContext context = new FilterContext(LibSeccomp.load(), defaultAction)) {
            Set<Integer> architectures = new LinkedHashSet<>();
            architectures.add(context.ownArchitecture());
            profile.architectures().forEach(name -> architectures.add(addArchitecture(context, name)));
            profile.rules().forEach(rule -> addRule(context, defaultAction, rule));
            BpfProgram program =
                    FilterTree.rewrite(export.take(context), NewestCalls.of(context, profile, architectures));
            if (program.size() > MOST_INSTRUCTIONS) {
                throw refusal(
                        "compiled, it has " + program.size() + " instructions; the kernel takes " + MOST_INSTRUCTIONS,
                        "use fewer architectures, rules or arguments");
            }
            Optional<SeccompFilter.Listener> listener = profile.listenerPath()
                    .map(socket -> new SeccompFilter.Listener(socket, profile.listenerMetadata()));
            int flags =
                    SeccompNumbers.flags(profile.flags()) | (listener.isPresent() ? SeccompNumbers.NEW_LISTENER : 0);
            return new SeccompFilter(flags, program.encode(), listener);
        }
    }

    private static int addArchitecture(FilterContext context, String name) {
        String plain = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        int token = context.architecture(plain.toLowerCase(Locale.ROOT));
        if (token == 0) {
            throw refusal(
                    "\"" + name + "\" is no architecture that libseccomp knows", "give one such as SCMP_ARCH_X86");
        }
        int result = context.addArchitecture(token);
        // The machine's own is there already.
        if (result != 0 && result != -EEXIST) {
            throw refusal(
                    "libseccomp refuses architecture " + name + " ("
                            + Errno.of(-result).text() + ")",
                    "leave it out: it must have the machine's byte order");
        }
        return token;
    }

    private static void addRule(FilterContext context, int defaultAction, Seccomp.Rule rule) {
        int action = SeccompNumbers.action(rule.action(), rule.errno().orElse(EPERM));
        if (action == defaultAction) {
            // It says what holds anyway, which libseccomp takes for a mistake.
            return;
        }
        for (String name : rule.names()) {
            int systemCall = context.systemCall(name);
            // A call that libseccomp doesn't know is left to the default action, as the specification has it.
            int result = systemCall == UNKNOWN ? 0 : context.addRule(action, systemCall, rule.arguments());
            if (result != 0) {
                throw refusal(
                        "libseccomp refuses the rule for " + name + " ("
                                + Errno.of(-result).text() + ")",
                        rule.arguments().size() > 1 ? "compare each argument only once in a rule" : "change it");
            }
        }
    }

    static DriverException refusal(String why, String remedy) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT, "compile the profile of security.seccomp", why, remedy);
    }
}
