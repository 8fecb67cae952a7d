// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.probe;

import dev.caisson.driver.Availability;
import dev.caisson.driver.Availability.Obstacle;
import dev.caisson.driver.command.Capability;
import dev.caisson.nativedriver.cgroup.CgroupLayout;
import dev.caisson.nativedriver.cgroup.Delegation;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.machine.KernelVersion;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.machine.MachineReader;
import dev.caisson.nativedriver.rootless.Rootless;
import dev.caisson.nativedriver.seccomp.SeccompSupport;
import dev.caisson.nativedriver.shim.ShimBinary;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tries whether the native driver can work here. */
public final class Probe {
    /** mount_setattr(2) came last of what is needed always. */
    private static final KernelVersion OLDEST = new KernelVersion(5, 12);

    private static final List<String> NAMESPACES = List.of("mnt", "pid", "net", "ipc", "uts");
    private static final List<String> CONTROLLERS = List.of("memory", "cpu", "cpuset", "pids", "freezer", "devices");

    /** Without these nothing can be made. */
    private static final Set<Capability> NEEDED = EnumSet.of(
            Capability.SYS_ADMIN,
            Capability.SETUID,
            Capability.SETGID,
            Capability.SETPCAP,
            Capability.SYS_CHROOT,
            Capability.MKNOD,
            Capability.NET_ADMIN,
            Capability.KILL,
            Capability.CHOWN,
            Capability.FOWNER,
            Capability.DAC_OVERRIDE);

    private final Kernel kernel;
    private final MachineFacts facts;
    private final List<Obstacle> obstacles = new ArrayList<>();
    private final List<Obstacle> notes = new ArrayList<>();

    private Probe(Kernel kernel, MachineFacts facts) {
        this.kernel = kernel;
        this.facts = facts;
    }

    /** Returns what speaks against this machine, and what will work less well. Changes nothing. */
    public static Availability run() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return refusal("this is " + System.getProperty("os.name") + ", not Linux", "use a Linux machine");
        }
        try {
            Kernel kernel = new JnrKernel();
            Probe probe = new Probe(kernel, MachineReader.read(kernel));
            probe.lookAround();
            return new Availability(probe.obstacles, probe.notes);
        } catch (KernelException e) {
            return refusal("the kernel can't be asked: " + e.getMessage(), "mount /proc");
        } catch (LinkageError e) {
            return refusal(
                    "the native part of jffi can't be loaded: " + e.getMessage(),
                    "let the JVM write to its temporary directory, or set jffi.boot.library.path");
        }
    }

    private static Availability refusal(String what, String remedy) {
        return new Availability(List.of(new Obstacle(what, remedy)), List.of());
    }

    private void lookAround() {
        program();
        kernelVersion();
        rights();
        namespaces();
        pidfd();
        cgroups();
        rootfs();
        SeccompSupport.obstacle(kernel).ifPresent(notes::add);
    }

    private void program() {
        if (!ShimBinary.isPresent()) {
            obstacle(
                    "the driver's jar has no caisson-shim for " + System.getProperty("os.arch"),
                    "use a build of caisson-driver-native for this architecture");
        }
    }

    private void kernelVersion() {
        if (!facts.kernelVersion().isAtLeast(OLDEST)) {
            obstacle("the kernel is " + facts.kernelVersion(), "use Linux " + OLDEST + " or later");
        }
    }

    private void rights() {
        if (facts.rootless().isPresent()) {
            rootless(facts.rootless().get());
            return;
        }
        List<String> lacking = NEEDED.stream()
                .filter(capability -> !facts.has(capability))
                .map(capability -> "CAP_" + capability)
                .toList();
        if (!lacking.isEmpty()) {
            String who = kernel.processes().effectiveUid() == 0 ? "root here lacks " : "this process lacks ";
            obstacle(who + String.join(", ", lacking), "run as root, outside of a container that withholds them");
        }
    }

    private void rootless(Rootless own) {
        if (!facts.namespaces().contains("user") || isZero("/proc/sys/user/max_user_namespaces")) {
            obstacle(
                    "this user is not root, and the kernel gives no user namespaces",
                    "run as root, or raise the sysctl user.max_user_namespaces");
        } else if (isZero("/proc/sys/kernel/unprivileged_userns_clone")) {
            obstacle(
                    "this user is not root, and user namespaces are root's here",
                    "run as root, or set the sysctl kernel.unprivileged_userns_clone to 1");
        }
        if (isOne("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")) {
            note(
                    "AppArmor may withhold the rights in a user namespace from programs without a profile",
                    "give java a profile with userns, or set kernel.apparmor_restrict_unprivileged_userns to 0");
        }
        note("this user is not root: containers are made in a user namespace", "run as root for bridges and limits");
        own.lacking().ifPresent(why -> note("containers have but one user and one group: " + why, "see subuid(5)"));
    }

    private boolean isZero(String file) {
        return holds(file, "0");
    }

    private boolean isOne(String file) {
        return holds(file, "1");
    }

    private boolean holds(String file, String value) {
        return kernel.files()
                .readIfPresent(file)
                .filter(text -> text.strip().equals(value))
                .isPresent();
    }

    private void namespaces() {
        for (String name : NAMESPACES) {
            if (!facts.namespaces().contains(name)) {
                obstacle("the kernel has no " + name + " namespaces", "use a kernel that was built with them");
            }
        }
    }

    private void pidfd() {
        try (Descriptor self = kernel.processes().openPidfd(kernel.processes().pid())) {
            kernel.processes().signal(self, 0);
        } catch (KernelException e) {
            obstacle(
                    "processes can't be held by descriptors: " + e.getMessage(),
                    "allow pidfd_open and pidfd_send_signal, which some container's seccomp profile forbids");
        }
    }

    private void cgroups() {
        CgroupLayout all = CgroupLayout.detect(kernel);
        CgroupLayout layout = facts.confined() ? Delegation.of(kernel, all) : all;
        if (layout.hierarchies().isEmpty() && facts.confined()) {
            note(
                    "no cgroup is delegated to this user: limits are refused",
                    "have systemd delegate one (Delegate=), or run as root");
            return;
        }
        if (layout.hierarchies().isEmpty()) {
            obstacle("no cgroups are mounted", "mount -t cgroup2 none /sys/fs/cgroup");
        }
        all.obstacles().forEach(why -> note(why, "mount them writable"));
        boolean unified = layout.unified().isPresent();
        for (String controller : CONTROLLERS) {
            boolean builtIn = unified && (controller.equals("freezer") || controller.equals("devices"));
            if (!builtIn && layout.of(controller).isEmpty()) {
                note(
                        "there is no " + controller + " cgroup: what needs it is refused",
                        "mount it, or boot with it enabled");
            }
        }
    }

    private void rootfs() {
        if (!MachineFeatures.hasOverlay(kernel)) {
            note("the kernel has no overlayfs: layers and views of the host are refused", "modprobe overlay");
        }
    }

    private void obstacle(String what, String remedy) {
        obstacles.add(new Obstacle(what, remedy));
    }

    private void note(String what, String remedy) {
        notes.add(new Obstacle(what, remedy));
    }
}
