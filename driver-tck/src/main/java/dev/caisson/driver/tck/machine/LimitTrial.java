// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out in a cgroup made for it, and removed again, whether the kernel gives a limit. */
final class LimitTrial {
    private final CgroupLayout layout;
    private final String hugepageSize;
    private final String device;

    LimitTrial(CgroupLayout layout, String hugepageSize, String device) {
        this.layout = layout;
        this.hugepageSize = hugepageSize;
        this.device = device;
    }

    /** Returns the file, relative to where cgroups are mounted, of a limit that the kernel gives. */
    Optional<LimitFile> file(Limit limit) {
        Optional<Path> version1 = layout.version1(limit.controller());
        if (version1.isPresent()) {
            return tryIn(version1.get(), limit, limit.files(), false);
        }
        Optional<Path> version2 = layout.version2(limit.unifiedController());
        if (version2.isEmpty() || limit.unifiedFiles().isEmpty()) {
            return Optional.empty();
        }
        if (!layout.handDown(limit.unifiedController())) {
            return Optional.of(
                    new LimitFile(path(version2.get(), limit.unifiedFiles().get(0)), true));
        }
        return tryIn(version2.get(), limit, limit.unifiedFiles(), true);
    }

    private Optional<LimitFile> tryIn(Path root, Limit limit, List<String> files, boolean unified) {
        Path scratch = layout.uppermost(root)
                .resolve("caisson-tck-trial-" + ProcessHandle.current().pid());
        List<LimitFile> found = new ArrayList<>();
        try {
            Files.createDirectory(scratch);
            try {
                for (String file : files) {
                    if (works(scratch.resolve(named(file)), limit.sample())) {
                        found.add(new LimitFile(path(root, file), unified));
                    }
                }
            } finally {
                Files.delete(scratch);
            }
        } catch (IOException noRights) {
            return Optional.empty();
        }
        return found.stream().findFirst();
    }

    private boolean works(Path file, String sample) {
        if (!Files.exists(file)) {
            return false;
        }
        if (sample.isEmpty()) {
            return true;
        }
        String value = sample.replace("DEVICE", device);
        try {
            Files.writeString(file, value);
            return Files.readString(file).contains(value);
        } catch (IOException refused) {
            return false;
        }
    }

    private String path(Path root, String file) {
        return root.resolve(named(file)).toString();
    }

    private String named(String file) {
        return file.replace("SIZE", hugepageSize);
    }
}
