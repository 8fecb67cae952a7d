// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.nativedriver.cgroup.controller.FreezeTimeout;
import dev.caisson.nativedriver.cgroup.controller.Freezer;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.procfs.FlatKeyed;

/**
 * The freezer of cgroup v2, which every cgroup has since Linux 5.2 and which tells when it is done. Unlike v1's it lets
 * SIGKILL through.
 */
public final class EventFreezer implements Freezer {
    /** The file whose presence shows that there is a freezer. */
    public static final String FREEZE = "cgroup.freeze";

    private static final String EVENTS = "cgroup.events";

    private final Kernel kernel;
    private final Poller poller;
    private final String directory;

    public EventFreezer(Kernel kernel, Poller poller, String directory) {
        this.kernel = kernel;
        this.poller = poller;
        this.directory = directory;
    }

    @Override
    public void freeze() throws InterruptedException {
        boolean frozen = false;
        try (Descriptor inotify = kernel.events().inotify()) {
            // Watched before it is asked for, so that no change is missed.
            kernel.events().watchModification(inotify, file(EVENTS));
            kernel.files().write(file(FREEZE), "1");
            long start = System.nanoTime();
            frozen = isFrozen();
            while (!frozen && poller.awaitReadable(inotify, FreezeTimeout.MOST.minusNanos(System.nanoTime() - start))) {
                kernel.events().readEvents(inotify);
                frozen = isFrozen();
            }
        } finally {
            if (!frozen) {
                thaw();
            }
        }
        if (!frozen) {
            throw FreezeTimeout.of(directory);
        }
    }

    @Override
    public void thaw() {
        kernel.files().write(file(FREEZE), "0");
    }

    @Override
    public boolean isFrozen() {
        return FlatKeyed.parse(kernel.files().read(file(EVENTS))).getOrDefault("frozen", 0L) == 1;
    }

    private String file(String name) {
        return directory + "/" + name;
    }
}
