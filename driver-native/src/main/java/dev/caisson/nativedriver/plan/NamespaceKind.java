// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

/** The kinds of namespaces with the kernel's CLONE_NEW* flags and names in /proc/PID/ns, namespaces(7). */
enum NamespaceKind {
    USER(0x1000_0000, "user", "namespaces.user"),
    MOUNT(0x0002_0000, "mnt", "namespaces.mount"),
    PID(0x2000_0000, "pid", "namespaces.pid"),
    NETWORK(0x4000_0000, "net", "network.namespace"),
    IPC(0x0800_0000, "ipc", "namespaces.ipc"),
    UTS(0x0400_0000, "uts", "namespaces.uts"),
    CGROUP(0x0200_0000, "cgroup", "namespaces.cgroup"),
    TIME(0x0000_0080, "time", "namespaces.time");

    private final int flag;
    private final String file;
    private final String field;

    NamespaceKind(int flag, String file, String field) {
        this.flag = flag;
        this.file = file;
        this.field = field;
    }

    /** The CLONE_NEW* flag. */
    int flag() {
        return flag;
    }

    /** Its name in /proc/PID/ns. */
    String file() {
        return file;
    }

    /** The field of a Command that chooses it. */
    String field() {
        return field;
    }
}
