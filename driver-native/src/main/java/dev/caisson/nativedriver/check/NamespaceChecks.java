// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.nio.file.Path;

/** The namespaces: the kernel has them, and nothing is asked for that would change another container's. */
final class NamespaceChecks {
    private NamespaceChecks() {}

    static void check(Findings findings, Command command, MachineFacts machine, boolean cgroups) {
        Namespaces choices = command.namespaces();
        Findings at = findings.at("namespaces");
        checkKernel(at.at("cgroup"), choices.cgroup(), "cgroup", Feature.CGROUP_NAMESPACE, machine);
        checkKernel(at.at("user"), choices.user().choice(), "user", Feature.USER_NAMESPACE, machine);
        checkKernel(at.at("time"), choices.time().choice(), "time", Feature.TIME_NAMESPACE, machine);
        machine.rootless()
                .ifPresent(own -> UserChecks.checkMaps(
                        at.at("user").at("mappings"), choices.user().mappings(), own));
        if (!cgroups && !(choices.pid() instanceof NamespaceChoice.Private)) {
            at.at("pid")
                    .unsupportedHere(
                            Feature.NAMESPACE_HOST,
                            "without a cgroup nobody could tell which processes are the container's",
                            "let it have a pid namespace of its own, or have a cgroup delegated to this user");
        }
        if (!(choices.mount() instanceof NamespaceChoice.Private)) {
            checkJoinedMounts(findings, command);
        }
    }

    /** The other kinds are in every kernel that this driver can work on at all. */
    private static void checkKernel(
            Findings findings, NamespaceChoice choice, String file, Feature feature, MachineFacts machine) {
        if (!(choice instanceof NamespaceChoice.Host) && !machine.namespaces().contains(file)) {
            findings.unsupportedHere(
                    feature,
                    "this kernel has no such namespaces (no /proc/self/ns/" + file + ")",
                    "choose the host's, or use a kernel that has them");
        }
    }

    /** Who lives in another's mount namespace sees its root as it is: whatever was mounted would be mounted for both. */
    private static void checkJoinedMounts(Findings findings, Command command) {
        String remedy = "leave it out, or make namespaces.mount private";
        Rootfs rootfs = command.rootfs();
        boolean root = rootfs.source() instanceof Rootfs.Directory directory
                && directory.path().equals(Path.of("/"));
        if (!root
                || rootfs.readonly()
                || rootfs.noPivot()
                || rootfs.propagation().isPresent()) {
            findings.at("rootfs")
                    .mistake(
                            "is given beside a mount namespace that has a root of its own",
                            "give the directory / and nothing else, or make namespaces.mount private");
        }
        if (!command.mounts().isEmpty()) {
            findings.at("mounts").mistake("would be made in the other's mount namespace", remedy);
        }
        if (!command.devices().isEmpty()) {
            findings.at("devices").mistake("would be made in the other's root filesystem", remedy);
        }
        if (!command.security().maskedPaths().isEmpty()) {
            findings.at("security").at("maskedPaths").mistake("would be masked for the other too", remedy);
        }
        if (!command.security().readonlyPaths().isEmpty()) {
            findings.at("security").at("readonlyPaths").mistake("would be read-only for the other too", remedy);
        }
    }
}
