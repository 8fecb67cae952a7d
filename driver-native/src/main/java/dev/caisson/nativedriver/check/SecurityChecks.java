// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.nativedriver.machine.MachineFacts;

/** What keeps a container in: the kernel has it. */
final class SecurityChecks {
    private SecurityChecks() {}

    static void check(Findings findings, Command command, MachineFacts machine) {
        if (command.security().mountLabel().isPresent() && !machine.selinux()) {
            findings.at("mountLabel")
                    .machine(
                            StandardErrorCode.KERNEL_LACKS,
                            "is given, but SELinux is not active on this kernel (no /sys/fs/selinux)",
                            "leave it out");
        }
    }
}
