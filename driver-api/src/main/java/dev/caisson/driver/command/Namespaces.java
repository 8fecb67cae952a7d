// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;

/**
 * The namespaces of a container, namespaces(7).
 *
 * @param mount where filesystems are mounted; {@link NamespaceChoice.Host} is refused: a container has a root filesystem. One
 *     that joins another's has its root too: the root filesystem is the directory {@code /}, and it brings no mounts, devices,
 *     masked or read-only paths along
 * @param pid process numbers
 * @param ipc System V IPC and POSIX message queues
 * @param uts hostname
 * @param cgroup its view of /sys/fs/cgroup
 * @param user users and capabilities, with maps
 * @param time clocks, with offsets
 */
public record Namespaces(
        NamespaceChoice mount,
        NamespaceChoice pid,
        NamespaceChoice ipc,
        NamespaceChoice uts,
        NamespaceChoice cgroup,
        UserNamespace user,
        TimeNamespace time)
        implements Checked {
    public Namespaces {
        requireNonNull(mount, "mount is null");
        requireNonNull(pid, "pid is null");
        requireNonNull(ipc, "ipc is null");
        requireNonNull(uts, "uts is null");
        requireNonNull(cgroup, "cgroup is null");
        requireNonNull(user, "user is null");
        requireNonNull(time, "time is null");
    }

    /** Returns Docker's: all private but user and time, which are the host's. */
    public static Namespaces standard() {
        return new Namespaces(
                NamespaceChoice.PRIVATE,
                NamespaceChoice.PRIVATE,
                NamespaceChoice.PRIVATE,
                NamespaceChoice.PRIVATE,
                NamespaceChoice.PRIVATE,
                UserNamespace.host(),
                TimeNamespace.host());
    }

    /** Returns the same with another pid namespace. */
    public Namespaces withPid(NamespaceChoice choice) {
        return new Namespaces(mount, choice, ipc, uts, cgroup, user, time);
    }

    /** Returns the same with another ipc namespace. */
    public Namespaces withIpc(NamespaceChoice choice) {
        return new Namespaces(mount, pid, choice, uts, cgroup, user, time);
    }

    /** Returns the same with another uts namespace. */
    public Namespaces withUts(NamespaceChoice choice) {
        return new Namespaces(mount, pid, ipc, choice, cgroup, user, time);
    }

    /** Returns the same with another cgroup namespace. */
    public Namespaces withCgroup(NamespaceChoice choice) {
        return new Namespaces(mount, pid, ipc, uts, choice, user, time);
    }

    /** Returns the same with another user namespace. */
    public Namespaces withUser(UserNamespace value) {
        return new Namespaces(mount, pid, ipc, uts, cgroup, value, time);
    }

    /** Returns the same with another time namespace. */
    public Namespaces withTime(TimeNamespace value) {
        return new Namespaces(mount, pid, ipc, uts, cgroup, user, value);
    }

    @Override
    public void check(Checker checker) {
        checker.at("mount")
                .require(
                        !(mount instanceof NamespaceChoice.Host),
                        "is the host's",
                        "a container has a root filesystem of its own: make it private");
        checker.check("user", user);
        checker.check("time", time);
    }
}
