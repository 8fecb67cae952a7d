// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

/** What some machines have and others lack, whatever the driver can do. Limits are {@link Limit}s. */
public enum Facility {
    /** An LSM of that name that is active. */
    APPARMOR,
    /** What filters log is written into the kernel's own log, which can be read. */
    AUDIT,
    /** A block device whose limits can be tried. */
    BLOCK_DEVICE,
    /** A bridge can be made, and veth pairs, without changing the machine's network: this JVM has one of its own. */
    BRIDGE,
    /** The criu tool. */
    CRIU,
    /** Network devices can be made on the host. */
    HOST_DEVICES,
    /** Mounts can be made on the host. */
    HOST_MOUNTS,
    /** 32 bit programs of the same processor family run. */
    IA32,
    /** The kit's files are on a block device that can be written to directly. */
    DIRECT_IO,
    /** IPv6. */
    IPV6,
    /** Mounts of the root filesystem's kind can have an id map. */
    IDMAPPED_MOUNTS,
    /** A tmpfs can be mounted with an id map. */
    IDMAPPED_TMPFS,
    /** The session keyring can be told. */
    KEYRINGS,
    /** NUMA memory policies. */
    NUMA,
    /** overlayfs. */
    OVERLAY,
    /** The pressure of cgroups is counted. */
    PRESSURE,
    /** Tasks may be given real-time policies: CAP_SYS_NICE. */
    REALTIME,
    /** A mounted resctrl filesystem. */
    RESCTRL,
    /** CAP_SYS_RESOURCE: hard limits and oom_score_adj can be moved beyond what this process has. */
    RESOURCE_RIGHTS,
    /** libseccomp's and the kernel's filters. */
    SECCOMP,
    /** An LSM of that name that is active. */
    SELINUX,
    /** systemd is the init and answers. */
    SYSTEMD,
    /** Time namespaces. */
    TIME_NAMESPACE,
    /** User namespaces. */
    USER_NAMESPACE
}
