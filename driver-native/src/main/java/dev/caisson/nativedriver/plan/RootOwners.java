// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether the files of a root filesystem belong to the container's users already. With a user namespace there are two ways
 * in use: files that were given to the mapped ids when they were unpacked, and files with the usual owners that are shown
 * with mapped ids (an id-mapped mount). The owner of the root directory tells them apart: if it is an id of the container's,
 * the files are as they should be.
 */
final class RootOwners {
    private final Kernel kernel;
    private final MachineFacts machine;

    RootOwners(Kernel kernel, MachineFacts machine) {
        this.kernel = kernel;
        this.machine = machine;
    }

    boolean needShift(Command command) {
        // To show other owners takes rights over the filesystem, which nobody has in a user namespace.
        if (machine.confined() || !NamespaceChoices.isPrivate(command, NamespaceKind.USER)) {
            return false;
        }
        return switch (command.rootfs().source()) {
            case Rootfs.HostCopy copy -> true;
            case Rootfs.Directory directory -> isForeign(directory.path(), command);
            case Rootfs.Overlay overlay -> isForeign(overlay.layers().get(0), command);
        };
    }

    private boolean isForeign(Path root, Command command) {
        FileStat stat = kernel.files().stat(root.toString());
        List<IdMapping> uids = command.namespaces().user().mappings().uids();
        long owner = Integer.toUnsignedLong(stat.uid());
        return uids.stream().noneMatch(map -> owner >= map.outside() && owner < map.outside() + map.count());
    }
}
