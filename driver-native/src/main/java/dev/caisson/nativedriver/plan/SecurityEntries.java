// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Security;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.seccomp.SeccompFilter;
import java.util.Optional;

/** What keeps a process in: labels, no_new_privs, the filter of system calls, a keyring of its own. */
final class SecurityEntries {
    /** AppArmor's name for no profile. */
    private static final String UNCONFINED = "unconfined";

    private final MachineFacts machine;

    SecurityEntries(MachineFacts machine) {
        this.machine = machine;
    }

    void write(PlanWriter plan, ProcessConfig process, Security security, Optional<SeccompFilter> filter) {
        plan.flag(PlanFlag.NO_NEW_PRIVS, process.noNewPrivileges().orElse(false));
        plan.flag(PlanFlag.NEW_KEYRING, security.newKeyring());
        // Without AppArmor every process is unconfined: there is nothing to do, and no file to write it to.
        process.apparmorProfile()
                .filter(profile -> machine.apparmor() || !profile.equals(UNCONFINED))
                .ifPresent(profile -> plan.put(EntryType.APPARMOR, profile));
        process.selinuxLabel().ifPresent(label -> plan.put(EntryType.SELINUX, label));
        filter.ifPresent(program -> plan.begin(EntryType.SECCOMP)
                .u32(program.flags())
                .bytes(program.instructions())
                .end());
    }
}
