// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import dev.caisson.driver.check.Checker;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The mistakes that lie between the fields of a Command. */
final class CommandRules {
    private static final Set<String> IPC = Set.of(
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced");
    private static final int HOSTNAME_MOST = 64;

    private CommandRules() {}

    static void check(
            Checker checker,
            Namespaces namespaces,
            Network network,
            Optional<String> hostname,
            Optional<String> domainname,
            List<Mount> mounts,
            Map<String, String> sysctl) {
        hostname.ifPresent(name -> checkUtsName(checker.at("hostname"), namespaces, name));
        domainname.ifPresent(name -> checkUtsName(checker.at("domainname"), namespaces, name));
        Set<ContainerPath> targets = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            ContainerPath target = mounts.get(i).target();
            checker.at("mounts")
                    .at(i)
                    .at("target")
                    .require(targets.add(target), target + " stands twice", "mount one thing at each place");
        }
        sysctl.forEach(
                (name, value) -> checkSysctl(checker.at("sysctl").atKey(name), namespaces, network, name, value));
    }

    private static void checkUtsName(Checker checker, Namespaces namespaces, String name) {
        checker.require(
                !name.isEmpty() && name.length() <= HOSTNAME_MOST && name.indexOf('\0') < 0,
                "\"" + name + "\" is no host name",
                "give 1 to " + HOSTNAME_MOST + " bytes");
        checker.require(
                !(namespaces.uts() instanceof NamespaceChoice.Host),
                "would be set for the host",
                "make namespaces.uts private, or leave it out");
    }

    /** Only settings that belong to a namespace of the container's own may be set: others are the host's. */
    private static void checkSysctl(
            Checker checker, Namespaces namespaces, Network network, String name, String value) {
        String dotted = name.replace('/', '.');
        checker.noNul(value);
        if (IPC.contains(dotted) || dotted.startsWith("fs.mqueue.")) {
            checker.require(
                    !(namespaces.ipc() instanceof NamespaceChoice.Host),
                    "would be set for the host",
                    "make namespaces.ipc private, or leave it out");
        } else if (dotted.startsWith("net.")) {
            checker.require(
                    !(network.namespace() instanceof NamespaceChoice.Host),
                    "would be set for the host",
                    "make network.namespace private, or leave it out");
        } else if (dotted.equals("kernel.domainname") || dotted.equals("kernel.hostname")) {
            checker.require(
                    dotted.equals("kernel.domainname") && !(namespaces.uts() instanceof NamespaceChoice.Host),
                    "is set by another field or is the host's",
                    "use hostname, or a private namespaces.uts");
        } else {
            checker.require(
                    dotted.startsWith("user.") && namespaces.user().isPrivate(),
                    "\"" + name + "\" does not belong to a namespace",
                    "leave it out: it would be set for the host");
        }
    }
}
