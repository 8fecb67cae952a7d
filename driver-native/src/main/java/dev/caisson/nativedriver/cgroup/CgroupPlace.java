// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.CgroupPlacement;
import java.util.regex.Pattern;

/**
 * Where a cgroup is: the same path in every tree.
 *
 * @param path from the root of a tree on when it begins with a slash, else from the cgroup of this process on
 */
public record CgroupPlace(String path) {
    private static final Pattern SEPARATORS = Pattern.compile("/+(\\./+)*");

    /** The place that a placement means for a container. */
    public static CgroupPlace of(CgroupPlacement placement, String container) {
        return switch (placement) {
            case CgroupPlacement.Parent parent -> new CgroupPlace(clean(parent.path() + "/" + container));
            case CgroupPlacement.Exact exact -> new CgroupPlace(clean(exact.path()));
            case CgroupPlacement.Systemd systemd ->
                throw new DriverException(
                        StandardErrorCode.UNSUPPORTED_FIELD,
                        "place the cgroup of container \"" + container + "\"",
                        "scope " + systemd.prefix() + "-" + systemd.name()
                                + " is to be made by systemd, but cgroups are made directly here",
                        "give a path instead of slice:prefix:name");
        };
    }

    /** The directory in a tree. */
    String in(Hierarchy hierarchy) {
        if (path.startsWith("/")) {
            return hierarchy.directory(path);
        }
        String own = hierarchy.ownPath();
        // Version 2 lets no cgroup have both processes and limited children, and our own has this process: go beside
        // it.
        if (hierarchy.version() == Version.V2) {
            own = own.substring(0, Math.max(own.lastIndexOf('/'), 0));
        }
        return hierarchy.directory(own.equals("/") || own.isEmpty() ? "/" + path : own + "/" + path);
    }

    private static String clean(String path) {
        String cleaned = SEPARATORS.matcher(path).replaceAll("/");
        return cleaned.length() > 1 && cleaned.endsWith("/") ? cleaned.substring(0, cleaned.length() - 1) : cleaned;
    }
}
