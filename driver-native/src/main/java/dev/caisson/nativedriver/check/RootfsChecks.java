// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.nativedriver.kernel.FileStat;
import java.util.Optional;

/** The root filesystem: its directories are there. */
final class RootfsChecks {
    private static final String REMEDY = "give a directory of the host";

    private final HostPaths paths;

    RootfsChecks(HostPaths paths) {
        this.paths = paths;
    }

    void check(Findings findings, Command command) {
        if (!(command.namespaces().mount() instanceof NamespaceChoice.Private)) {
            return;
        }
        Findings at = findings.at("source");
        switch (command.rootfs().source()) {
            case Rootfs.Directory directory -> paths.checkDirectory(at.at("path"), directory.path(), REMEDY);
            case Rootfs.Overlay overlay -> checkOverlay(at, overlay);
            case Rootfs.HostCopy copy -> {
                if (copy.limit().bytes() == 0) {
                    at.at("limit").mistake("is 0", "give room for at least some changes, or no limit");
                }
            }
        }
    }

    private void checkOverlay(Findings findings, Rootfs.Overlay overlay) {
        for (int i = 0; i < overlay.layers().size(); i++) {
            paths.checkDirectory(findings.at("layers").at(i), overlay.layers().get(i), REMEDY);
        }
        overlay.writable().ifPresent(writable -> checkWritable(findings.at("writable"), writable));
    }

    private void checkWritable(Findings findings, Rootfs.WritableLayer writable) {
        Optional<FileStat> upper = paths.checkDirectory(findings.at("upper"), writable.upper(), REMEDY);
        Optional<FileStat> work = paths.checkDirectory(findings.at("work"), writable.work(), REMEDY);
        if (upper.isEmpty() || work.isEmpty()) {
            return;
        }
        if (!upper.get().device().equals(work.get().device())) {
            findings.at("work")
                    .mistake(
                            "\"" + writable.work() + "\" is on another filesystem than \"" + writable.upper() + "\"",
                            "overlayfs moves files from one to the other: put them beside each other");
        } else if (upper.get().sameFile(work.get())) {
            findings.at("work").mistake("is the same directory as upper", "give an empty directory beside it");
        }
    }
}
