// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.nativedriver.seccomp.ConditionalProfile.ConditionalRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Docker's default profile as of May 2026 (moby/profiles 3c28324): what is allowed; the rest fails with EPERM. */
final class DockerProfile {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /** The kernel's CLONE_NEW* flags but the time namespace's, which clone(2) can't take. */
    private static final long NAMESPACE_FLAGS = 0x7e02_0000L;

    private static final int AF_ALG = 38;
    private static final int AF_NFC = 39;
    private static final int AF_VSOCK = 40;

    /** Those of personality(2) that are allowed: the usual, 32 bits, both with UNAME26, and the question which it is. */
    private static final List<Long> PERSONALITIES = List.of(0L, 8L, 0x2_0000L, 0x2_0008L, 0xffff_ffffL);

    private static final String ALWAYS = """
            _llseek _newselect accept accept4 access adjtimex alarm bind brk cachestat capget capset chdir chmod
            chown chown32 clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime
            clock_gettime64 clock_nanosleep clock_nanosleep_time64 close close_range connect copy_file_range
            creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2
            epoll_wait epoll_wait_old eventfd eventfd2 execve execveat exit exit_group faccessat faccessat2
            fadvise64 fadvise64_64 fallocate fanotify_mark fchdir fchmod fchmodat fchmodat2 fchown fchown32
            fchownat fcntl fcntl64 fdatasync fgetxattr flistxattr flock fork fremovexattr fsetxattr fstat
            fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 futex futex_requeue futex_time64
            futex_wait futex_waitv futex_wake futimesat get_robust_list get_thread_area getcpu getcwd getdents
            getdents64 getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getitimer
            getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresgid32 getresuid
            getresuid32 getrlimit getrusage getsid getsockname getsockopt gettid gettimeofday getuid getuid32
            getxattr getxattrat inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel
            io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit ioctl ioprio_get
            ioprio_set ipc kill landlock_add_rule landlock_create_ruleset landlock_restrict_self lchown lchown32
            lgetxattr link linkat listen listmount listxattr listxattrat llistxattr lremovexattr lseek lsetxattr
            lstat lstat64 madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mkdir mkdirat
            mknod mknodat mlock mlock2 mlockall mmap mmap2 mprotect mq_getsetattr mq_notify mq_open
            mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink mremap mseal
            msgctl msgget msgrcv msgsnd msync munlock munlockall munmap name_to_handle_at nanosleep newfstatat
            open openat openat2 pause pidfd_open pidfd_send_signal pipe pipe2 pkey_alloc pkey_free pkey_mprotect
            poll ppoll ppoll_time64 prctl pread64 preadv preadv2 prlimit64 process_mrelease pselect6
            pselect6_time64 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv recv recvfrom
            recvmmsg recvmmsg_time64 recvmsg remap_file_pages removexattr removexattrat rename renameat
            renameat2 restart_syscall riscv_hwprobe rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask
            rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo
            sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
            sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity
            sched_setattr sched_setparam sched_setscheduler sched_yield seccomp select semctl semget semop
            semtimedop semtimedop_time64 send sendfile sendfile64 sendmmsg sendmsg sendto set_robust_list
            set_thread_area set_tid_address setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups
            setgroups32 setitimer setpgid setpriority setregid setregid32 setresgid setresgid32 setresuid
            setresuid32 setreuid setreuid32 setrlimit setsid setsockopt setuid setuid32 setxattr setxattrat
            shmat shmctl shmdt shmget shutdown sigaltstack signalfd signalfd4 sigprocmask sigreturn socketcall
            socketpair splice stat stat64 statfs statfs64 statmount statx symlink symlinkat sync sync_file_range
            syncfs sysinfo tee tgkill time timer_create timer_delete timer_getoverrun timer_gettime
            timer_gettime64 timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64
            timerfd_settime timerfd_settime64 times tkill truncate truncate64 ugetrlimit umask uname unlink
            unlinkat uretprobe utime utimensat utimensat_time64 utimes vfork vmsplice wait4 waitid waitpid write
            writev
            """;

    private DockerProfile() {}

    /** The flags are those that Docker's runtime sets where a profile names none. */
    static ConditionalProfile get() {
        return new ConditionalProfile(
                Seccomp.Action.ERRNO,
                OptionalInt.of(EPERM),
                Optional.empty(),
                Set.of(Seccomp.Flag.SPEC_ALLOW),
                Optional.empty(),
                "",
                rules());
    }

    private static List<ConditionalRule> rules() {
        List<ConditionalRule> rules = new ArrayList<>();
        rules.add(allow(Condition.ALWAYS, ALWAYS));
        // ptrace could get around a filter up to Linux 4.7, which is older than anything that this driver runs on.
        rules.add(allow(Condition.ALWAYS, "process_vm_readv process_vm_writev ptrace"));
        // Not AF_ALG (a kernel interface with a record of holes), not AF_VSOCK (it leaves the network namespace).
        rules.add(allowIf("socket", new Seccomp.Argument(0, AF_ALG, 0, Seccomp.Operator.LESS)));
        rules.add(allowIf("socket", new Seccomp.Argument(0, AF_NFC, 0, Seccomp.Operator.EQUAL)));
        rules.add(allowIf("socket", new Seccomp.Argument(0, AF_VSOCK, 0, Seccomp.Operator.GREATER)));
        PERSONALITIES.forEach(personality ->
                rules.add(allowIf("personality", new Seccomp.Argument(0, personality, 0, Seccomp.Operator.EQUAL))));
        addByArchitecture(rules);
        addByCapability(rules);
        return rules;
    }

    private static void addByArchitecture(List<ConditionalRule> rules) {
        rules.add(allow(Condition.on("ppc64le"), "sync_file_range2 swapcontext"));
        rules.add(allow(
                Condition.on("arm", "arm64"),
                "arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls"));
        rules.add(allow(Condition.on("amd64", "x32"), "arch_prctl"));
        rules.add(allow(Condition.on("amd64", "x32", "x86"), "modify_ldt"));
        rules.add(allow(Condition.on("s390", "s390x"), "s390_pci_mmio_read s390_pci_mmio_write s390_runtime_instr"));
        rules.add(allow(Condition.on("riscv64"), "riscv_flush_icache"));
    }

    private static void addByCapability(List<ConditionalRule> rules) {
        rules.add(allow(Condition.with(Capability.DAC_READ_SEARCH), "open_by_handle_at"));
        rules.add(allow(Condition.with(Capability.SYS_ADMIN), """
                bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie lsm_get_self_attr
                lsm_list_modules lsm_set_self_attr mount mount_setattr move_mount open_tree perf_event_open quotactl
                quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare
                """));
        addClone(rules);
        rules.add(allow(Condition.with(Capability.SYS_BOOT), "reboot"));
        rules.add(allow(Condition.with(Capability.SYS_CHROOT), "chroot"));
        rules.add(allow(Condition.with(Capability.SYS_MODULE), "delete_module init_module finit_module"));
        rules.add(allow(Condition.with(Capability.SYS_PACCT), "acct"));
        rules.add(allow(
                Condition.with(Capability.SYS_PTRACE),
                "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace"));
        rules.add(allow(Condition.with(Capability.SYS_RAWIO), "iopl ioperm"));
        rules.add(allow(Condition.with(Capability.SYS_TIME), "settimeofday stime clock_settime clock_settime64"));
        rules.add(allow(Condition.with(Capability.SYS_TTY_CONFIG), "vhangup"));
        rules.add(allow(
                Condition.with(Capability.SYS_NICE), "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"));
        rules.add(allow(Condition.with(Capability.SYSLOG), "syslog"));
        rules.add(allow(Condition.with(Capability.BPF), "bpf"));
        rules.add(allow(Condition.with(Capability.PERFMON), "perf_event_open"));
    }

    /**
     * Without CAP_SYS_ADMIN clone may make no namespaces. Of clone3 a filter can't see the flags, which are in memory: it
     * answers that there is no such call, so that the C library falls back to clone.
     */
    private static void addClone(List<ConditionalRule> rules) {
        Condition confined = Condition.without(Capability.SYS_ADMIN);
        rules.add(allowIf(
                confined.andNotOn("s390", "s390x"),
                "clone",
                new Seccomp.Argument(0, NAMESPACE_FLAGS, 0, Seccomp.Operator.MASKED_EQUAL)));
        rules.add(allowIf(
                confined.andOn("s390", "s390x"),
                "clone",
                new Seccomp.Argument(1, NAMESPACE_FLAGS, 0, Seccomp.Operator.MASKED_EQUAL)));
        rules.add(new ConditionalRule(
                new Seccomp.Rule(List.of("clone3"), Seccomp.Action.ERRNO, OptionalInt.of(ENOSYS), List.of()),
                confined));
    }

    private static ConditionalRule allow(Condition condition, String names) {
        List<String> split = Arrays.asList(names.strip().split("\\s+"));
        return new ConditionalRule(
                new Seccomp.Rule(split, Seccomp.Action.ALLOW, OptionalInt.empty(), List.of()), condition);
    }

    private static ConditionalRule allowIf(String name, Seccomp.Argument argument) {
        return allowIf(Condition.ALWAYS, name, argument);
    }

    private static ConditionalRule allowIf(Condition condition, String name, Seccomp.Argument argument) {
        return new ConditionalRule(
                new Seccomp.Rule(List.of(name), Seccomp.Action.ALLOW, OptionalInt.empty(), List.of(argument)),
                condition);
    }
}
