// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

/** What the probe can tell of itself and of what it sees. Line breaks in an answer are shown as {@code |}. */
public enum Fact {
    /** The machine's name as uname(2) gives it. */
    ARCHITECTURE,
    /** {@code /proc/self/cgroup}. */
    CGROUPS,
    /** Its working directory. */
    CWD,
    /** {@code kind;device:inode;major:minor} of what a descriptor, given by number, refers to. */
    DESCRIPTOR,
    /** The numbers of its open descriptors. */
    DESCRIPTORS,
    /** The content of a file. */
    FILE,
    /** {@code uid} or {@code gid}: the map of its user namespace, as {@code inside outside count}. */
    ID_MAP,
    /** The names of all network interfaces. */
    INTERFACES,
    /** Its priority at block devices, as ionice(1) says it. */
    IO_PRIORITY,
    /** Its keyrings: serial number and name of each. */
    KEYRINGS,
    /** {@code soft hard} of a limit, by its name in {@code /proc/self/limits}. */
    LIMIT,
    /** {@code up|down MTU MAC}, then the addresses of an interface. */
    LINK,
    /** The names in a directory. */
    LIST,
    /** Its NUMA memory policy as {@code /proc/self/numa_maps} has it. */
    MEMORY_POLICY,
    /** The topmost mount at a target: {@code options;propagation;type;source;options of the filesystem}. */
    MOUNT,
    /** Which namespace of a kind it is in, as {@code net:[4026531833]}. */
    NAMESPACE,
    /** Its oom_score_adj. */
    OOM_SCORE_ADJ,
    /** Its own pid. */
    PID,
    /** Its resctrl groups. */
    RESCTRL,
    /** The routes of its network. */
    ROUTES,
    /** {@code policy nice priority} by the kernel's numbers. */
    SCHEDULER,
    /** One value of {@code /proc/self/sched}. */
    SCHEDULER_DETAIL,
    /** {@link #SCHEDULER} of a child of it. */
    SCHEDULER_OF_CHILD,
    /** An attribute of {@code /proc/self/attr}. */
    SECURITY_LABEL,
    /** {@code kind;mode;uid:gid;major:minor} of a file, the numbers of devices in hexadecimal. */
    STAT,
    /** One value of {@code /proc/self/status}. */
    STATUS,
    /** Its terminal, or {@code not a tty}. */
    TERMINAL,
    /** {@code rows columns} of its terminal. */
    TERMINAL_SIZE,
    /** The offsets of its time namespace. */
    TIME_OFFSETS,
    /** What comes to light when the root filesystem is taken away. */
    UNDER_ROOT,
    /** {@code uid gid groups}. */
    USER
}
