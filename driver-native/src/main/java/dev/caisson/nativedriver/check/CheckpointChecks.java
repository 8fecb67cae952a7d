// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Rootfs;

/** What of a container a checkpoint can't hold. */
final class CheckpointChecks {
    private CheckpointChecks() {}

    static void check(Findings findings, Command command) {
        if (command.rootfs().source() instanceof Rootfs.HostCopy) {
            findings.at("rootfs")
                    .unsupported(
                            "is a view of the host's with what the container writes in memory, which a checkpoint does"
                                    + " not hold",
                            "give it a directory or layers as its root");
        }
        if (command.process().initReaper()) {
            findings.at("process")
                    .at("initReaper")
                    .unsupported(
                            "is a program in memory, which CRIU does not bring back",
                            "leave it out, or give the container an init of its own");
        }
        Findings namespaces = findings.at("namespaces");
        NamespaceChoice mount = command.namespaces().mount();
        if (!(mount instanceof NamespaceChoice.Private)) {
            namespaces
                    .at("mount")
                    .unsupported("its mounts are not its own: they can't be made anew", "give it its own");
        }
        if (!(command.namespaces().user().choice() instanceof NamespaceChoice.Host)) {
            namespaces
                    .at("user")
                    .unsupported("is not the host's: its root can't be mounted anew with its ids", "use the host's");
        }
        foreign(namespaces.at("pid"), command.namespaces().pid());
        foreign(namespaces.at("ipc"), command.namespaces().ipc());
        foreign(namespaces.at("uts"), command.namespaces().uts());
        foreign(namespaces.at("cgroup"), command.namespaces().cgroup());
        foreign(namespaces.at("time"), command.namespaces().time().choice());
    }

    private static void foreign(Findings findings, NamespaceChoice choice) {
        switch (choice) {
            case NamespaceChoice.Host host -> {}
            case NamespaceChoice.Private own -> {}
            case NamespaceChoice.OfContainer other -> joined(findings);
            case NamespaceChoice.AtPath at -> joined(findings);
        }
    }

    private static void joined(Findings findings) {
        findings.unsupported("is somebody else's: CRIU takes it for its own", "give it its own, or the host's");
    }
}
