// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.ProcessConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a further process in a container has where its own config leaves it open. */
final class ExecProcess {
    private ExecProcess() {}

    /** Completes {@code process} by what the container's own process has. A terminal and an init aren't passed on. */
    static ProcessConfig complete(ProcessConfig process, ProcessConfig own) {
        Map<String, String> env = new LinkedHashMap<>(own.env());
        env.putAll(process.env());
        boolean confined = !process.privileged();
        return new ProcessConfig(
                process.args(),
                env,
                process.cwd().or(own::cwd),
                process.user().or(own::user),
                orOwn(process.groups(), process.user().isPresent() ? List.of() : own.groups()),
                orOwn(process.umask(), own.umask()),
                process.terminal(),
                process.consoleSize(),
                process.capabilities()
                        .or(() -> process.privileged() ? Optional.of(Capabilities.all()) : own.capabilities()),
                process.noNewPrivileges().or(own::noNewPrivileges),
                orOwn(process.rlimits(), own.rlimits()),
                orOwn(process.oomScoreAdj(), own.oomScoreAdj()),
                process.scheduler().or(own::scheduler),
                process.ioPriority().or(own::ioPriority),
                process.cpuAffinity().or(own::cpuAffinity),
                process.memoryPolicy().or(own::memoryPolicy),
                process.personality().or(own::personality),
                process.apparmorProfile().or(() -> confined ? own.apparmorProfile() : Optional.empty()),
                process.selinuxLabel().or(own::selinuxLabel),
                process.privileged(),
                false);
    }

    private static <T> List<T> orOwn(List<T> given, List<T> own) {
        return given.isEmpty() ? own : given;
    }

    private static OptionalInt orOwn(OptionalInt given, OptionalInt own) {
        return given.isPresent() ? given : own;
    }
}
