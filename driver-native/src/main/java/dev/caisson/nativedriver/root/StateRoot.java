// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.root;

import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Finds the directory of this engine's shim below the state root of its context. */
public final class StateRoot {
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private StateRoot() {}

    /**
     * Makes the state root if it is absent, and returns the shim's directory: for lasting containers the same for each
     * engine, for tied ones one of this engine's own.
     *
     * @throws DriverException if it can't be made
     */
    public static Path prepare(Kernel kernel, DriverContext context) {
        Path stateRoot = context.stateRoot().toAbsolutePath().normalize();
        make(stateRoot);
        checkOwner(kernel, stateRoot);
        return switch (context.lifetime()) {
            case LASTING -> stateRoot.resolve("lasting");
            case TIED -> TiedRoot.ours(kernel, stateRoot).path();
        };
    }

    /** In a directory that everybody may write to somebody else may have been first. */
    private static void checkOwner(Kernel kernel, Path directory) {
        int owner = kernel.files().stat(directory.toString()).uid();
        int own = kernel.processes().effectiveUid();
        if (owner != own && owner != 0) {
            throw new DriverException(
                    StandardErrorCode.NOT_PERMITTED,
                    "use the state root " + directory,
                    "it belongs to user " + Integer.toUnsignedString(owner) + ", not to user "
                            + Integer.toUnsignedString(own),
                    "give a directory of this user's own, or set XDG_RUNTIME_DIR");
        }
    }

    private static void make(Path directory) {
        try {
            Path parent = directory.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory, OURS_ONLY);
            }
        } catch (IOException e) {
            throw new DriverException(
                    StandardErrorCode.NOT_PERMITTED,
                    "make the state root " + directory,
                    String.valueOf(e),
                    "give a directory that this user may write to, such as below /run",
                    e);
        }
    }
}
