// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.nativedriver.machine.CapabilityMask;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.util.EnumSet;
import java.util.Set;

/** A process: this one may give it what it shall have. */
final class ProcessChecks {
    /** To be confined by nothing needs no AppArmor. */
    private static final String UNCONFINED = "unconfined";

    private final MachineFacts machine;
    private final LimitChecks limits;

    ProcessChecks(MachineFacts machine) {
        this.machine = machine;
        this.limits = new LimitChecks(machine);
    }

    void checkInit(Findings findings, Command command) {
        if (command.process().privileged()) {
            findings.at("privileged")
                    .mistake(
                            "is for a further process in a container",
                            "give a container's own process its capabilities and seccomp filter one by one");
        }
        check(findings, command, command.process());
    }

    void checkExec(Findings findings, Command container, ProcessConfig process) {
        if (process.initReaper()) {
            findings.at("initReaper").mistake("is for a container's own process", "leave it out");
        }
        check(findings, container, process);
    }

    private void check(Findings findings, Command container, ProcessConfig process) {
        boolean hostUsers = container.namespaces().user().choice() instanceof NamespaceChoice.Host;
        process.capabilities()
                .ifPresent(sets -> checkCapabilities(findings.at("capabilities"), sets, machine.available(hostUsers)));
        limits.check(findings, process);
        ArgumentSize.check(findings, process, machine);
        machine.rootless().ifPresent(own -> UserChecks.checkProcess(findings.at("user"), container, process, own));
        process.apparmorProfile()
                .filter(profile -> !machine.apparmor() && !profile.equals(UNCONFINED))
                .ifPresent(profile -> findings.at("apparmorProfile")
                        .unsupportedHere(
                                Feature.APPARMOR,
                                "AppArmor is not active on this kernel (see /sys/module/apparmor/parameters/enabled)",
                                "leave it out"));
        if (process.selinuxLabel().isPresent() && !machine.selinux()) {
            findings.at("selinuxLabel")
                    .unsupportedHere(
                            Feature.SELINUX,
                            "SELinux is not active on this kernel (no /sys/fs/selinux)",
                            "leave it out");
        }
    }

    private static void checkCapabilities(Findings findings, Capabilities sets, long available) {
        Set<Capability> lacking = EnumSet.noneOf(Capability.class);
        lacking.addAll(CapabilityMask.lacking(sets.bounding(), available));
        lacking.addAll(CapabilityMask.lacking(sets.effective(), available));
        lacking.addAll(CapabilityMask.lacking(sets.permitted(), available));
        lacking.addAll(CapabilityMask.lacking(sets.inheritable(), available));
        lacking.addAll(CapabilityMask.lacking(sets.ambient(), available));
        lacking.forEach(capability -> findings.machine(
                StandardErrorCode.NOT_PERMITTED,
                "capability " + capability + " is not in the bounding set of this process, which can't give it on",
                "leave it out, or start the engine with it"));
    }
}
