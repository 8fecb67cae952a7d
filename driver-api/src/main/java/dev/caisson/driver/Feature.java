// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/**
 * What a driver may or may not be able to do. What it doesn't declare it refuses with
 * {@link StandardErrorCode#UNSUPPORTED_FEATURE} or {@link StandardErrorCode#UNSUPPORTED_FIELD}; nothing is ignored.
 */
public enum Feature {
    /** {@link Driver#create} and {@link Container#start} apart from each other. */
    CREATE,
    /** {@link Driver#exec}. */
    EXEC,
    /** A terminal for the user's process and for exec. */
    TTY,
    /** {@link Driver#kill} with any signal; without it only KILL. */
    SIGNALS,
    /** {@link Driver#killAll}. */
    KILL_ALL,
    /** {@link Driver#pause} and {@link Driver#unpause}. */
    PAUSE,
    /** {@link Driver#processes}. */
    PROCESSES,
    /** {@link Driver#stats}. */
    STATS,
    /** {@link Driver#update}. */
    UPDATE,
    /** {@link Driver#subscribe}. */
    EVENTS,
    /** The verdict that a memory limit killed, in the exit status and as event. */
    OOM,
    /** {@link Driver#recover}: containers outlive the engine that made them. */
    RECOVER,
    /** {@link Driver#checkpoint} and {@link Driver#restore}. */
    CHECKPOINT,
    /** Hooks of all six kinds. */
    HOOKS,
    /** A small init as pid 1 that reaps and forwards signals. */
    INIT,
    /** A root filesystem that is a directory. */
    ROOTFS_DIRECTORY,
    /** A root filesystem of layers. */
    ROOTFS_OVERLAY,
    /** A throw-away copy-on-write view of the host's root filesystem. */
    ROOTFS_HOST_COPY,
    /** Bind mounts, tmpfs and kernel filesystems at chosen places. */
    MOUNTS,
    /** Mounts with an id mapping. */
    IDMAPPED_MOUNTS,
    /** Device nodes in the container and rules for them. */
    DEVICES,
    /** The nodes that every container has, and others of the host's at the paths where the host has them; no rules. */
    DEVICE_NODES,
    /** No network but loopback. */
    NETWORK_NONE,
    /** The host's network. */
    NETWORK_HOST,
    /** Another container's network, or that at a path. */
    NETWORK_JOIN,
    /** An interface of the container on a bridge of the host. */
    NETWORK_BRIDGE,
    /** Such an interface behind the host's address: masquerading, and ports of the host that lead into the container. */
    NETWORK_NAT,
    /** A device of the host moved into the container. */
    NETWORK_DEVICE,
    /** Sharing of pid, ipc, uts namespaces with the host. */
    NAMESPACE_HOST,
    /** Sharing of namespaces with another container or by path. */
    NAMESPACE_JOIN,
    /** A user namespace with maps. */
    USER_NAMESPACE,
    /** A cgroup namespace. */
    CGROUP_NAMESPACE,
    /** A scope that systemd makes for the container. */
    CGROUP_SYSTEMD,
    /** A time namespace with offsets. */
    TIME_NAMESPACE,
    /** Users by name, extra groups, umask. */
    USERS,
    /** Capability sets and no_new_privs. */
    CAPABILITIES,
    /** System call filters. */
    SECCOMP,
    /** A descriptor of the filter's notifications, sent to a socket. */
    SECCOMP_LISTENER,
    /** AppArmor profiles, where the kernel has AppArmor. */
    APPARMOR,
    /** SELinux labels, where the kernel has SELinux. */
    SELINUX,
    /** Masked and read-only paths. */
    MASKED_PATHS,
    /** Kernel settings of the container's namespaces. */
    SYSCTL,
    /** rlimits. */
    RLIMITS,
    /** oom_score_adj. */
    OOM_SCORE,
    /** Scheduler policy and nice. */
    SCHEDULER,
    /** Io priority. */
    IO_PRIORITY,
    /** Cpu affinity of init and exec. */
    CPU_AFFINITY,
    /** NUMA memory policy. */
    MEMORY_POLICY,
    /** Execution domain. */
    PERSONALITY,
    /** Memory and swap limits. */
    LIMIT_MEMORY,
    /** Cpu shares, quota and period. */
    LIMIT_CPU,
    /** Cpu sets. */
    LIMIT_CPUSET,
    /** Number of processes. */
    LIMIT_PIDS,
    /** Block io weights and throttles. */
    LIMIT_BLOCK_IO,
    /** Huge pages. */
    LIMIT_HUGEPAGES,
    /** Network class and priorities. */
    LIMIT_NETWORK,
    /** RDMA handles and objects. */
    LIMIT_RDMA,
    /** Any file of cgroup v2. */
    LIMIT_UNIFIED,
    /** Cache and memory bandwidth (resctrl). */
    LIMIT_RDT
}
