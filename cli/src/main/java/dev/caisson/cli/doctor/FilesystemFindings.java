// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Filesystems that containers are made of, and swap. */
final class FilesystemFindings {
    private FilesystemFindings() {}

    static List<Finding> of(Machine machine) {
        List<Finding> findings = new ArrayList<>();
        List<String> known = machine.words("proc/filesystems");
        String release = machine.text("proc/sys/kernel/osrelease").orElse("");
        boolean loadable = machine.lines("lib/modules/" + release + "/modules.dep").stream()
                .anyMatch(line -> line.contains("/overlay.ko"));
        boolean overlay = known.contains("overlay") || loadable;
        findings.add(
                overlay
                        ? Finding.ok(
                                "overlay", known.contains("overlay") ? "is there" : "is a module that can be loaded")
                        : Finding.note(
                                "overlay",
                                "the kernel has none: give --rootfs",
                                "use a kernel with CONFIG_OVERLAY_FS"));
        findings.add(Finding.either(
                known.contains("mqueue"),
                "mqueue",
                known.contains("mqueue") ? "is there" : "the kernel has no POSIX message queues",
                "use a kernel with CONFIG_POSIX_MQUEUE"));
        boolean swap = machine.lines("proc/swaps").size() > 1;
        findings.add(Finding.ok("swap", swap ? "is there" : "none: memory limits are limits of memory alone"));
        return findings;
    }
}
