// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which cgroups somebody without rights over all of them may use: those that were given to it (cgroups(7), on delegation). In
 * each tree that is the uppermost cgroup, from its own on, that it may write to; places of containers count from there.
 */
public final class Delegation {
    private static final String DEVICES = "devices";

    private Delegation() {}

    /** Returns the part of a machine's trees that this process may use. */
    public static CgroupLayout of(Kernel kernel, CgroupLayout machine) {
        List<Hierarchy> given = new ArrayList<>();
        List<String> obstacles = new ArrayList<>(machine.obstacles());
        for (Hierarchy hierarchy : machine.hierarchies()) {
            // Rules for devices take CAP_SYS_ADMIN of the host, whosever the directory is.
            if (hierarchy.controllers().equals(List.of(DEVICES))) {
                continue;
            }
            uppermost(kernel, hierarchy)
                    .ifPresentOrElse(
                            path -> given.add(below(hierarchy, path)),
                            () -> obstacles.add("The cgroup " + hierarchy.directory(hierarchy.ownPath())
                                    + " is not delegated to this user"));
        }
        return new CgroupLayout(given, obstacles, true);
    }

    private static Optional<String> uppermost(Kernel kernel, Hierarchy hierarchy) {
        Optional<String> found = Optional.empty();
        String path = hierarchy.ownPath();
        while (isGiven(kernel, hierarchy.directory(path))) {
            found = Optional.of(path);
            if (path.equals("/")) {
                break;
            }
            path = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        }
        return found;
    }

    private static boolean isGiven(Kernel kernel, String directory) {
        return kernel.files().isWritable(directory) && kernel.files().isWritable(directory + "/cgroup.procs");
    }

    private static Hierarchy below(Hierarchy hierarchy, String path) {
        String own =
                path.equals("/") ? hierarchy.ownPath() : hierarchy.ownPath().substring(path.length());
        return new Hierarchy(
                hierarchy.version(),
                hierarchy.controllers().stream()
                        .filter(controller -> !controller.equals(DEVICES))
                        .toList(),
                hierarchy.directory(path),
                own.isEmpty() ? "/" : own);
    }
}
