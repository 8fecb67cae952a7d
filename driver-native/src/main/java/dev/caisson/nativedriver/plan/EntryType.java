// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

/** The entries of a plan: {@code enum entry_type} of plan.h, which says what each one holds. */
enum EntryType {
    ID(1),
    BLOB(2),
    TARGET(3),
    REPORT(4),
    REMOVE_CGROUP(5),
    REMOVE_TREE(6),
    UNMOUNT(7),
    REMOVE_LINK(8),
    PIN(9),
    CGROUP_MKDIR(10),
    CGROUP_WRITE(11),
    CGROUP_JOIN(12),
    CGROUP_INTO(13),
    CGROUP_DEVICES(14),
    CGROUP_GIVE(15),
    NS_NEW(20),
    NS_JOIN(21),
    UID_MAP(22),
    GID_MAP(23),
    SETGROUPS(24),
    HOSTNAME(25),
    DOMAINNAME(26),
    TIME_OFFSET(27),
    ROOT_PROPAGATION(30),
    ROOT_BIND(31),
    ROOT_OVERLAY(32),
    ROOT_HOST_COPY(33),
    ROOT_FINAL_PROPAGATION(34),
    ROOT_BARE(35),
    MOUNT(40),
    DEVICE(41),
    SYMLINK(42),
    MASK(43),
    READONLY(44),
    SYSCTL(45),
    IDMAP(46),
    STDIO(50),
    KEEP_FD(51),
    CONSOLE_SIZE(52),
    RLIMIT(53),
    OOM_SCORE_ADJ(54),
    SCHEDULER(55),
    IO_PRIORITY(56),
    CPU_AFFINITY(57),
    MEMORY_POLICY(58),
    PERSONALITY(59),
    UMASK(60),
    USER(61),
    IDENTITY(62),
    GROUPS(63),
    CAPS(64),
    APPARMOR(65),
    SELINUX(66),
    SECCOMP(67),
    CWD(68),
    ARGV(69),
    ENV(70),
    HOOK_CREATE(71),
    HOOK_START(72),
    GATE_FIFO(73),
    SECCOMP_LISTENER(74),
    PROGRAM(75),
    CPU_AFFINITY_INITIAL(76),
    RESTORE_STAGE(80),
    RESTORE_POINT(81),
    KEEP_NETWORK(82),
    VETH(90),
    ROUTE(91);

    private final int value;

    EntryType(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
