// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.root;

import dev.caisson.driver.DriverException;
import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.shim.Shim;
import dev.caisson.nativedriver.shim.ShimMode;
import dev.caisson.nativedriver.shim.ShimProcess;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what tied engines left behind whose shims were killed as well: a new shim on their directory cleans by the records
 * it finds there, and removes the directory when we leave it.
 */
public final class OrphanSweep {
    private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);

    private OrphanSweep() {}

    /** Sweeps a state root. What can't be swept is logged: it is no reason not to start. */
    public static void sweep(Kernel kernel, Path stateRoot) {
        for (DirectoryEntry entry : kernel.files().list(stateRoot.toString())) {
            Optional<TiedRoot> root = TiedRoot.parse(stateRoot, entry.name());
            if (root.isPresent() && root.get().isOrphan(kernel)) {
                sweep(kernel, root.get());
            }
        }
    }

    private static void sweep(Kernel kernel, TiedRoot root) {
        try (Shim shim = Shim.open(kernel, ShimMode.TIED, root.path(), (process, held) -> ShimProcess.Listener.NONE)) {
            log.warn("Engine {} and its shim were killed; shim {} removes what they left", root.pid(), shim.pid());
        } catch (DriverException e) {
            // Its own shim may be doing that just now, or it is an engine of another pid namespace.
            log.info("The directory {} is left alone: {}", root.path(), e.getMessage());
        }
    }
}
