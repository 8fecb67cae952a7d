// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What an engine gives a driver that it opens.
 *
 * @param stateRoot a directory that is this driver's own, on a filesystem that is empty after a reboot (such as below
 *     /run); created with mode 0700 if absent. The same directory finds the same containers again
 * @param lifetime what becomes of the containers when the engine's process ends without closing the driver
 */
public record DriverContext(Path stateRoot, Lifetime lifetime) {
    /** What becomes of containers when the engine dies. */
    public enum Lifetime {
        /** They are killed and cleaned, whatever ended the engine: nothing is left behind. */
        TIED,
        /** They go on; exit statuses and output are kept for the engine that opens this driver next. */
        LASTING
    }

    public DriverContext {
        requireNonNull(stateRoot, "stateRoot is null");
        requireNonNull(lifetime, "lifetime is null");
    }

    /** Returns a context for containers that end with this process, below {@link #runtimeDirectory()}. */
    public static DriverContext tied() {
        return new DriverContext(runtimeDirectory(), Lifetime.TIED);
    }

    /**
     * Returns where state is kept by default: {@code /run/caisson} for root, else {@code $XDG_RUNTIME_DIR/caisson}, and if that
     * isn't set {@code caisson-USER} in the directory for temporary files.
     */
    public static Path runtimeDirectory() {
        String name = System.getProperty("user.name", "");
        if (name.equals("root")) {
            return Path.of("/run/caisson");
        }
        String ofUser = System.getenv("XDG_RUNTIME_DIR");
        return ofUser == null || ofUser.isEmpty()
                ? Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "caisson-" + name)
                : Path.of(ofUser, "caisson");
    }
}
