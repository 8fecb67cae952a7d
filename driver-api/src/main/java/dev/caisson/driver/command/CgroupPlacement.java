// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;

/** Where in the cgroup hierarchies a container's own cgroup is made. */
public sealed interface CgroupPlacement extends Checked {
    /** {@code /caisson/<id>}. */
    CgroupPlacement STANDARD = new Parent("/caisson");

    /** {@code <path>/<id>}: Docker's --cgroup-parent. */
    record Parent(String path) implements CgroupPlacement {
        public Parent {
            requireNonNull(path, "path is null");
        }

        @Override
        public void check(Checker checker) {
            checkPath(checker.at("path"), path);
        }
    }

    /** Exactly this: the cgroupsPath of an OCI config. */
    record Exact(String path) implements CgroupPlacement {
        public Exact {
            requireNonNull(path, "path is null");
        }

        @Override
        public void check(Checker checker) {
            checkPath(checker.at("path"), path);
        }
    }

    /** A scope {@code <prefix>-<name>.scope} that systemd makes in a slice. */
    record Systemd(String slice, String prefix, String name) implements CgroupPlacement {
        public Systemd {
            requireNonNull(slice, "slice is null");
            requireNonNull(prefix, "prefix is null");
            requireNonNull(name, "name is null");
        }

        @Override
        public void check(Checker checker) {
            checker.at("slice")
                    .require(
                            slice.isEmpty() || slice.endsWith(".slice"),
                            "\"" + slice + "\" is no slice",
                            "give a name that ends in .slice");
        }
    }

    private static void checkPath(Checker checker, String path) {
        boolean climbs = ("/" + path + "/").contains("/../");
        checker.require(
                !climbs && !path.isEmpty() && path.indexOf('\0') < 0,
                "\"" + path + "\" is no cgroup path",
                "give a path below the hierarchy's root, without ..");
    }
}
