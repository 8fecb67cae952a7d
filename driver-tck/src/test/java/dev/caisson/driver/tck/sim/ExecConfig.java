// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.ProcessConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a further process is, where it says nothing itself: as the container's own. */
final class ExecConfig {
    private ExecConfig() {}

    static ProcessConfig merge(ProcessConfig own, ProcessConfig further, Fault fault) {
        if (fault.is(Wrong.EXECS_AS_IF_ALONE)) {
            return further;
        }
        Map<String, String> env =
                new LinkedHashMap<>(fault.is(Wrong.EXECS_WITH_AN_EMPTY_ENVIRONMENT) ? Map.of() : own.env());
        env.putAll(further.env());
        boolean blind = fault.is(Wrong.EXECS_AS_THE_CONTAINERS_USER);
        return new ProcessConfig(
                further.args(),
                env,
                further.cwd().isPresent() && !blind ? further.cwd() : own.cwd(),
                further.user().isPresent() && !blind ? further.user() : own.user(),
                further.groups().isEmpty() && further.user().isEmpty() ? own.groups() : further.groups(),
                further.umask().isPresent() ? further.umask() : own.umask(),
                further.terminal(),
                further.consoleSize(),
                further.capabilities().isPresent() ? further.capabilities() : own.capabilities(),
                further.noNewPrivileges().isPresent() ? further.noNewPrivileges() : own.noNewPrivileges(),
                further.rlimits().isEmpty() || fault.is(Wrong.EXECS_WITH_THE_CONTAINERS_LIMITS)
                        ? own.rlimits()
                        : further.rlimits(),
                further.oomScoreAdj().isPresent() ? further.oomScoreAdj() : own.oomScoreAdj(),
                further.scheduler().isPresent() ? further.scheduler() : own.scheduler(),
                further.ioPriority().isPresent() ? further.ioPriority() : own.ioPriority(),
                further.cpuAffinity().isPresent() ? further.cpuAffinity() : own.cpuAffinity(),
                further.memoryPolicy().isPresent() ? further.memoryPolicy() : own.memoryPolicy(),
                further.personality().isPresent() ? further.personality() : own.personality(),
                further.apparmorProfile().isPresent() ? further.apparmorProfile() : own.apparmorProfile(),
                further.selinuxLabel().isPresent() ? further.selinuxLabel() : own.selinuxLabel(),
                further.privileged(),
                false);
    }
}
