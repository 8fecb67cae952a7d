// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.nativedriver.cgroup.systemd.Scope;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a cgroup is: the same path in every tree.
 *
 * @param path from the root of a tree on when it begins with a slash, else from the cgroup of this process on
 * @param scope of systemd's that it is the cgroup of
 */
public record CgroupPlace(String path, Optional<Scope> scope) {
    private static final Pattern SEPARATORS = Pattern.compile("/+(\\./+)*");

    /** A place of our own. */
    public CgroupPlace(String path) {
        this(path, Optional.empty());
    }

    /** The place that a placement means for a container. */
    public static CgroupPlace of(CgroupPlacement placement, String container) {
        return switch (placement) {
            case CgroupPlacement.Parent parent -> new CgroupPlace(clean(parent.path() + "/" + container));
            case CgroupPlacement.Exact exact -> new CgroupPlace(clean(exact.path()));
            case CgroupPlacement.Systemd systemd -> {
                Scope scope = Scope.of(systemd);
                yield new CgroupPlace(scope.path(), Optional.of(scope));
            }
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
