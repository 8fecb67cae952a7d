// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.machine.MountTable;
import dev.caisson.nativedriver.procfs.MountInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The throw-away copy of the host's root filesystem. An overlay shows one filesystem only, so that what the host has mounted
 * below / is put in place one by one: a directory that can be written to gets an overlay too, one that can't is bound as it
 * is, and so is a single file (such as a resolv.conf that somebody mounted), read-only.
 */
final class HostRoot {
    /** What every container has of its own, or must not have. */
    private static final List<String> LEFT_OUT = List.of("/proc", "/sys", "/dev");

    private static final Set<String> KERNEL_INTERFACES = Set.of(
            "autofs",
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "devpts",
            "devtmpfs",
            "efivarfs",
            "fusectl",
            "hugetlbfs",
            "mqueue",
            "nfsd",
            "nsfs",
            "proc",
            "pstore",
            "resctrl",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "sysfs",
            "tracefs");

    /** Filesystems whose names fold case: overlayfs refuses them as a layer. */
    private static final Set<String> NO_LAYER = Set.of("cifs", "exfat", "msdos", "ntfs", "ntfs3", "smb3", "vfat");

    /**
     * What is shown of one state of the host's mounts.
     *
     * @param mountinfo the kernel's text, which says when all this no longer holds
     * @param overlays places that get an overlay of their own
     * @param binds places that are bound read-only
     * @param bare places that are made as the host has them, where the root isn't an overlay itself
     */
    private record Shown(String mountinfo, List<String> overlays, List<String> binds, List<String> bare) {}

    private final Kernel kernel;
    private final MachineFacts machine;
    private volatile Shown last = new Shown("", List.of(), List.of(), List.of());

    HostRoot(Kernel kernel, MachineFacts machine) {
        this.kernel = kernel;
        this.machine = machine;
    }

    void write(PlanWriter plan, Command command, Rootfs.HostCopy copy) {
        Shown shown = shown();
        Set<String> targets = new HashSet<>();
        for (Mount mount : command.mounts()) {
            targets.add(mount.target().value());
        }
        without(shown.bare(), targets).forEach(place -> plan.put(EntryType.ROOT_BARE, place));
        // size=0 is tmpfs(5)'s word for no limit.
        plan.begin(EntryType.ROOT_HOST_COPY)
                .string("mode=755,size=" + Math.max(0, copy.limit().bytes()))
                .strings(without(shown.overlays(), targets))
                .end();
        for (String place : without(shown.binds(), targets)) {
            MountEntry.at(place)
                    .kind(MountKind.BIND)
                    .source(place)
                    .set(MountBits.of(Set.of(MountFlag.READONLY)))
                    .build()
                    .write(plan);
        }
    }

    private static List<String> without(List<String> places, Set<String> targets) {
        return places.stream().filter(place -> !targets.contains(place)).toList();
    }

    /** Reading the table costs 20 us; understanding it 60 us more, which is saved as long as nothing has changed. */
    private Shown shown() {
        String mountinfo = MountTable.text(kernel);
        if (machine.confined()) {
            return inPieces(mountinfo);
        }
        Shown known = last;
        if (!known.mountinfo().equals(mountinfo)) {
            known = decide(mountinfo);
            last = known;
        }
        return known;
    }

    /** What is in the directories that are cut up may change without a change of the mounts: nothing is kept. */
    private Shown inPieces(String mountinfo) {
        MountTable table = MountTable.parse(mountinfo);
        List<MountInfo> mounts =
                table.visible().stream().filter(HostRoot::isShown).toList();
        HostPieces pieces = new HostPieces(kernel, table, HostRoot::isShown, mount -> isLayer(mount, mounts));
        return new Shown(mountinfo, pieces.overlays, pieces.binds, pieces.bare);
    }

    private Shown decide(String mountinfo) {
        List<MountInfo> mounts = MountTable.parse(mountinfo).visible().stream()
                .filter(HostRoot::isShown)
                .toList();
        List<String> overlays = new ArrayList<>();
        List<String> binds = new ArrayList<>();
        for (MountInfo mount : mounts) {
            (isLayer(mount, mounts) ? overlays : binds).add(mount.mountPoint());
        }
        return new Shown(mountinfo, List.copyOf(overlays), List.copyOf(binds), List.of());
    }

    private static boolean isShown(MountInfo mount) {
        return !mount.mountPoint().equals("/")
                && !KERNEL_INTERFACES.contains(mount.type())
                && !isLeftOut(mount.mountPoint());
    }

    /** Whether a place is, or is in, what containers have of their own. */
    static boolean isLeftOut(String path) {
        return LEFT_OUT.stream().anyMatch(place -> path.equals(place) || path.startsWith(place + "/"));
    }

    private boolean isLayer(MountInfo mount, List<MountInfo> shown) {
        if (NO_LAYER.contains(mount.type()) || !isDirectory(mount)) {
            return false;
        }
        // Bound over a place below which overlays were made already, a read-only mount would hide them.
        boolean readonly =
                mount.options().contains("ro") || mount.superOptions().contains("ro");
        return !readonly || shown.stream().anyMatch(other -> MountTable.isBelow(other, mount.mountPoint()));
    }

    private boolean isDirectory(MountInfo mount) {
        try {
            return kernel.files().stat(mount.mountPoint()).type() == FileType.DIRECTORY;
        } catch (KernelException gone) {
            // Unmounted meanwhile, or a server that doesn't answer: binding it says why.
            return false;
        }
    }
}
