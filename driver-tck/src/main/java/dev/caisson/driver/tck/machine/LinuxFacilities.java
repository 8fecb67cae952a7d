// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

import dev.caisson.driver.command.Capability;
import dev.caisson.driver.tck.leak.NetworkLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which facilities this machine lacks. */
final class LinuxFacilities {
    private LinuxFacilities() {}

    static Optional<String> lacks(Facility facility, LinuxMachine machine) {
        return switch (facility) {
            case APPARMOR -> unless(hasSecurityModule("apparmor"), "the kernel runs without AppArmor");
            case SELINUX -> unless(hasSecurityModule("selinux"), "the kernel runs without SELinux");
            case AUDIT ->
                unless(
                        read("/proc/sys/kernel/seccomp/actions_logged").contains("errno")
                                && HostTool.attempt("dmesg").code() == 0,
                        "the kernel logs no filtered calls");
            case BLOCK_DEVICE -> unless(machine.findDevice().isPresent(), "there is no block device in /sys/block");
            case BRIDGE ->
                unless(
                        machine.may(Capability.NET_ADMIN)
                                && NetworkLinks.names().equals(Set.of("lo")),
                        "this JVM is not in a network namespace with nothing but lo: start it by unshare --net as root");
            case CRIU -> unless(hasTool("criu"), "there is no criu: install package criu");
            case HOST_DEVICES ->
                unless(
                        deviceType().isPresent(),
                        "no network device can be made: root and the module dummy or ifb are needed");
            case HOST_MOUNTS -> unless(isCapable(machine, Capability.SYS_ADMIN) && isRoot(), "no CAP_SYS_ADMIN");
            case IA32 ->
                unless(
                        System.getProperty("os.arch").equals("amd64") && exists("/proc/sys/abi/vsyscall32"),
                        "the kernel runs no 32 bit x86 programs (CONFIG_IA32_EMULATION)");
            case DIRECT_IO -> unless(isOnBlockDevice(), "the directory for temporary files is not on a block device");
            case IDMAPPED_MOUNTS ->
                unless(KernelVersion.current().isAtLeast(5, 12), "id-mapped mounts need Linux 5.12");
            case IDMAPPED_TMPFS ->
                unless(KernelVersion.current().isAtLeast(6, 3), "an id-mapped tmpfs needs Linux 6.3");
            case IPV6 ->
                unless(exists("/proc/thread-self/net/if_inet6"), "the kernel has no IPv6, or it is switched off");
            case KEYRINGS -> unless(exists("/proc/keys"), "the kernel has no keyrings (CONFIG_KEYS)");
            case NUMA -> unless(exists("/proc/self/numa_maps"), "the kernel has no NUMA policies (CONFIG_NUMA)");
            case OVERLAY -> unless(hasFilesystem("overlay"), "the kernel has no overlayfs: modprobe overlay");
            case PRESSURE -> unless(exists("/proc/pressure/cpu"), "the kernel counts no pressure: boot it with psi=1");
            case REALTIME -> unless(machine.may(Capability.SYS_NICE), "no CAP_SYS_NICE");
            case RESCTRL -> unless(exists("/sys/fs/resctrl/schemata"), "resctrl isn't mounted at /sys/fs/resctrl");
            case RESOURCE_RIGHTS -> unless(machine.may(Capability.SYS_RESOURCE), "no CAP_SYS_RESOURCE");
            case SECCOMP -> unless(exists("/proc/sys/kernel/seccomp"), "the kernel has no seccomp filters");
            case SYSTEMD -> unless(exists("/run/systemd/system"), "systemd is not the init of this machine");
            case TIME_NAMESPACE -> unless(exists("/proc/self/ns/time"), "the kernel has no time namespaces");
            case USER_NAMESPACE -> unless(exists("/proc/self/ns/user"), "the kernel has no user namespaces");
        };
    }

    private static Optional<String> unless(boolean has, String lack) {
        return has ? Optional.empty() : Optional.of(lack);
    }

    private static boolean exists(String path) {
        return Files.exists(Path.of(path));
    }

    static boolean isRoot() {
        return read("/proc/self/status").lines().anyMatch(line -> line.matches("Uid:\\s+0\\s.*"));
    }

    private static boolean isOnBlockDevice() {
        try {
            return Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                    .name()
                    .startsWith("/dev/");
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isCapable(LinuxMachine machine, Capability capability) {
        return machine.capabilities().contains(capability);
    }

    private static boolean hasTool(String name) {
        String own = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(own.split(":")),
                        Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }

    private static boolean hasSecurityModule(String name) {
        return switch (name) {
            case "apparmor" -> read("/sys/module/apparmor/parameters/enabled").startsWith("Y");
            default -> exists("/sys/fs/selinux/enforce");
        };
    }

    private static boolean hasFilesystem(String name) {
        return Stream.of(read("/proc/filesystems"), modules("dep"), modules("builtin"))
                .flatMap(String::lines)
                .anyMatch(line -> line.strip().endsWith(name) || line.contains("/" + name + ".ko"));
    }

    /** The list of the kernel's modules, which it loads when they are needed. */
    private static String modules(String kind) {
        return read("/lib/modules/" + read("/proc/sys/kernel/osrelease").strip() + "/modules." + kind);
    }

    /** Returns a kind of network device that this kernel can make, that isn't bound to its namespace and needs no peer. */
    static Optional<String> deviceType() {
        String trial = "ctck" + ProcessHandle.current().pid() % 100_000;
        for (String type : List.of("dummy", "ifb")) {
            if (HostTool.attempt("ip", "link", "add", "name", trial, "type", type)
                            .code()
                    == 0) {
                HostTool.run("ip", "link", "delete", trial);
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException absent) {
            return "";
        }
    }
}
