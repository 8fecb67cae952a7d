// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.failure;

import static dev.caisson.driver.StandardErrorCode.ADDRESS_TAKEN;
import static dev.caisson.driver.StandardErrorCode.COMMAND_NOT_EXECUTABLE;
import static dev.caisson.driver.StandardErrorCode.COMMAND_NOT_FOUND;
import static dev.caisson.driver.StandardErrorCode.HOOK_FAILED;
import static dev.caisson.driver.StandardErrorCode.INTERNAL;
import static dev.caisson.driver.StandardErrorCode.KERNEL_LACKS;
import static dev.caisson.driver.StandardErrorCode.LAUNCH_FAILED;
import static dev.caisson.driver.StandardErrorCode.LIMIT_REFUSED;
import static dev.caisson.driver.StandardErrorCode.NOT_PERMITTED;
import static dev.caisson.driver.StandardErrorCode.NO_SPACE;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.shim.LaunchPhase;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a refusal of the kernel in some phase of a launch means to a user. The first row that fits holds.
 *
 * @param phases in which it holds
 * @param errnos for which it holds; none: for all
 * @param code the numbered reason
 * @param exitCode what a command line should end with
 * @param remedy what the caller can do
 */
record FailureRow(Set<LaunchPhase> phases, Set<Integer> errnos, StandardErrorCode code, int exitCode, String remedy) {
    private static final int NOT_STARTED = 125;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int E2BIG = 7;
    private static final int ENOEXEC = 8;
    private static final int EAGAIN = 11;
    private static final int ENOMEM = 12;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int EEXIST = 17;
    private static final int ENODEV = 19;
    private static final int ENOTDIR = 20;
    private static final int EISDIR = 21;
    private static final int EINVAL = 22;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int ETXTBSY = 26;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int ERANGE = 34;
    private static final int ENOSYS = 38;
    private static final int ELOOP = 40;
    private static final int EOPNOTSUPP = 95;
    private static final int ENETUNREACH = 101;
    private static final int EADDRINUSE = 98;
    private static final int EAFNOSUPPORT = 97;
    private static final int EDQUOT = 122;

    private static final Set<LaunchPhase> ANY = EnumSet.allOf(LaunchPhase.class);

    private static final List<FailureRow> ROWS = List.of(
            row(LaunchPhase.EXEC, COMMAND_NOT_FOUND, NOT_FOUND, "give a program that is in the container", ENOENT),
            row(LaunchPhase.EXEC, COMMAND_NOT_FOUND, NOT_FOUND, "give the path of a program", ENOTDIR, ELOOP),
            row(
                    LaunchPhase.EXEC,
                    COMMAND_NOT_EXECUTABLE,
                    NOT_EXECUTABLE,
                    "make it executable for the container's user, on a mount without noexec",
                    EACCES,
                    EPERM,
                    EISDIR),
            row(
                    LaunchPhase.EXEC,
                    COMMAND_NOT_EXECUTABLE,
                    NOT_EXECUTABLE,
                    "give a program of this machine's architecture, or a script that begins with #!",
                    ENOEXEC,
                    EINVAL),
            row(
                    LaunchPhase.EXEC,
                    COMMAND_NOT_EXECUTABLE,
                    NOT_EXECUTABLE,
                    "give fewer or shorter arguments and variables: the kernel takes 128 KiB each and a quarter of the"
                            + " stack limit in all",
                    E2BIG),
            row(LaunchPhase.EXEC, COMMAND_NOT_EXECUTABLE, NOT_EXECUTABLE, "wait until nobody writes to it", ETXTBSY),
            row(LaunchPhase.HOOK, HOOK_FAILED, NOT_STARTED, "mend the hook, or leave it out"),
            row(
                    LaunchPhase.CLONE,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "there are too many processes: raise the limit (pids cgroup, RLIMIT_NPROC, kernel.pid_max), or end some",
                    EAGAIN),
            row(
                    LaunchPhase.CLONE,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "there are too many namespaces: raise user.max_*_namespaces, or end some containers",
                    ENOSPC),
            row(
                    LaunchPhase.CGROUP,
                    LIMIT_REFUSED,
                    NOT_STARTED,
                    "give a limit that this machine and the parent's limits allow",
                    EINVAL,
                    ERANGE,
                    EBUSY,
                    EOPNOTSUPP),
            row(
                    LaunchPhase.CGROUP,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "remove the cgroup that is there, or use another id or cgroup parent",
                    EEXIST),
            row(
                    LaunchPhase.NETWORK,
                    ADDRESS_TAKEN,
                    NOT_STARTED,
                    "give another address, or end that container",
                    EADDRINUSE),
            row(
                    LaunchPhase.NETWORK,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "give another name, or leave the interface out",
                    EEXIST),
            row(
                    LaunchPhase.NETWORK,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "give the name of a bridge, or one that is free; a kernel without bridges or veth needs its modules"
                            + " (modprobe bridge veth)",
                    EOPNOTSUPP),
            row(
                    LaunchPhase.NETWORK,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "give a route whose gateway one of the addresses reaches",
                    ENETUNREACH,
                    EINVAL),
            row(
                    LaunchPhase.NETWORK,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "give the device of a route the name of one of the container's interfaces",
                    ENODEV),
            row(
                    LaunchPhase.NETWORK,
                    KERNEL_LACKS,
                    NOT_STARTED,
                    "leave IPv6 out, or boot the kernel with it (without ipv6.disable=1)",
                    EAFNOSUPPORT,
                    EACCES),
            row(
                    LaunchPhase.ROOTFS,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "give a root filesystem that is there",
                    ENOENT,
                    ENOTDIR),
            row(LaunchPhase.MOUNT, LAUNCH_FAILED, NOT_STARTED, "make the source of the mount first", ENOENT),
            row(
                    LaunchPhase.MOUNT,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "mount a directory on a directory and a file on a file",
                    ENOTDIR,
                    EISDIR),
            row(LaunchPhase.MOUNT, KERNEL_LACKS, NOT_STARTED, "use a filesystem that this kernel has", ENODEV),
            row(
                    LaunchPhase.MOUNT,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "make the target in the root filesystem beforehand, or let the root filesystem be writable",
                    EROFS),
            row(
                    LaunchPhase.USER,
                    LAUNCH_FAILED,
                    NOT_STARTED,
                    "give a user that the container's /etc/passwd has, or a number"),
            row(LaunchPhase.SYSCTL, LAUNCH_FAILED, NOT_STARTED, "give a setting that this kernel has", ENOENT),
            row(LaunchPhase.SHIM, INTERNAL, NOT_STARTED, "close descriptors, or raise RLIMIT_NOFILE", EMFILE, ENFILE),
            any(NO_SPACE, "free some space, or raise the quota or limit", ENOSPC, EDQUOT),
            any(LAUNCH_FAILED, "free some memory, or raise the container's limit", ENOMEM),
            any(LAUNCH_FAILED, "raise RLIMIT_NOFILE or fs.file-max", EMFILE, ENFILE),
            any(NOT_PERMITTED, "run as root with every capability, outside of a container that withholds it", EPERM),
            any(KERNEL_LACKS, "use a newer kernel", ENOSYS),
            any(LAUNCH_FAILED, ""));

    private static FailureRow row(
            LaunchPhase phase, StandardErrorCode code, int exitCode, String remedy, Integer... errnos) {
        return new FailureRow(EnumSet.of(phase), Set.of(errnos), code, exitCode, remedy);
    }

    private static FailureRow any(StandardErrorCode code, String remedy, Integer... errnos) {
        return new FailureRow(ANY, Set.of(errnos), code, NOT_STARTED, remedy);
    }

    static FailureRow of(LaunchPhase phase, int errno) {
        for (FailureRow row : ROWS) {
            if (row.phases.contains(phase) && (row.errnos.isEmpty() || row.errnos.contains(errno))) {
                return row;
            }
        }
        throw new IllegalStateException("the last row holds for all");
    }
}
