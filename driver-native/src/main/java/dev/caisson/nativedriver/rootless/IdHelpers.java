// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.List;
import java.util.Optional;

/**
 * The programs that write id maps for users who have no right to (package uidmap).
 *
 * @param users newuidmap(1), its path
 * @param groups newgidmap(1), its path
 */
record IdHelpers(String users, String groups) {
    /** Nothing of the caller's PATH: what is executed here has root's rights. */
    private static final List<String> PLACES = List.of("/usr/bin/", "/bin/", "/usr/local/bin/");

    private static final int WRITABLE_BY_OTHERS = 022;
    private static final int EXECUTABLE_BY_ALL = 001;

    /** Returns them, if both are installed and nobody but root can have changed them. */
    static Optional<IdHelpers> find(Kernel kernel) {
        Optional<String> users = find(kernel, "newuidmap");
        Optional<String> groups = find(kernel, "newgidmap");
        return users.flatMap(first -> groups.map(second -> new IdHelpers(first, second)));
    }

    private static Optional<String> find(Kernel kernel, String name) {
        return PLACES.stream()
                .map(place -> place + name)
                .filter(path -> isTrustworthy(kernel, path))
                .findFirst();
    }

    private static boolean isTrustworthy(Kernel kernel, String path) {
        try {
            FileStat program = kernel.files().stat(path);
            return program.type() == FileType.REGULAR
                    && program.uid() == 0
                    && (program.permissions() & WRITABLE_BY_OTHERS) == 0
                    && (program.permissions() & EXECUTABLE_BY_ALL) != 0;
        } catch (KernelException absent) {
            return false;
        }
    }
}
