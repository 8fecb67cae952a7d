// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.machine;

import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.nativedriver.kernel.ResourceLimit;
import dev.caisson.nativedriver.rootless.Rootless;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What decides whether this machine can give a container what a Command asks for.
 *
 * @param bounding capabilities that processes started from here can have at all
 * @param effective capabilities of this process
 * @param known every capability that the kernel has
 * @param oomScoreAdj of this process, which its children inherit
 * @param limits of this process, which its children inherit
 * @param openFilesMost the highest RLIMIT_NOFILE there is
 * @param apparmor the kernel has AppArmor, and it is on
 * @param selinux the kernel has SELinux, and it is on
 * @param seccompActions what a filter of system calls can answer, by the kernel's names; none without filters
 * @param namespaces the kinds of namespaces that the kernel has, by their names in /proc/PID/ns
 * @param kernelVersion such as 6.1
 * @param confined containers are made inside a user namespace: that of an ordinary user's shim, or one that this process is in
 * @param ttyGroup the user namespace in which they are made has group 5, to which terminals belong by custom
 * @param rootless how an ordinary user's shim gets its namespace
 */
public record MachineFacts(
        long bounding,
        long effective,
        long known,
        int oomScoreAdj,
        Map<Rlimit.Type, ResourceLimit> limits,
        long openFilesMost,
        boolean apparmor,
        boolean selinux,
        Set<String> seccompActions,
        Set<String> namespaces,
        KernelVersion kernelVersion,
        boolean confined,
        boolean ttyGroup,
        Optional<Rootless> rootless) {
    public MachineFacts {
        limits = Map.copyOf(limits);
        seccompActions = Set.copyOf(seccompActions);
        namespaces = Set.copyOf(namespaces);
    }

    /** The maps of a container's user namespace, in the ids of the namespace that the shim is in. */
    public IdMappings seenByShim(IdMappings mappings) {
        return rootless.map(own -> own.inside(mappings)).orElse(mappings);
    }

    /** Whether this process has a capability. */
    public boolean has(Capability capability) {
        return (effective & CapabilityMask.bit(capability)) != 0;
    }

    /**
     * The capabilities that a container's process can have.
     *
     * @param hostUsers it is in the user namespace of the engine; in any other a process has every one (user_namespaces(7))
     */
    public long available(boolean hostUsers) {
        return hostUsers ? bounding & known : known;
    }
}
