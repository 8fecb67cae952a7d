// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.nativedriver.cgroup.controller.OomWatch;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.procfs.FlatKeyed;
import java.util.function.LongConsumer;

/** The kernel modifies memory.events (Documentation/admin-guide/cgroup-v2.rst, "Memory Interface Files"). */
public final class InotifyOomWatch implements OomWatch {
    private final Kernel kernel;
    private final String events;
    private final Descriptor inotify;
    private final LongConsumer onKill;
    private long killed;

    /** Watches the cgroup in a directory, telling the number of kills after each. */
    public InotifyOomWatch(Kernel kernel, Poller poller, String directory, LongConsumer onKill) {
        this.kernel = kernel;
        this.events = directory + "/memory.events";
        this.onKill = onKill;
        this.inotify = kernel.events().inotify();
        try {
            kernel.events().watchModification(inotify, events);
            tell();
            poller.onReadable(inotify, this::report);
        } catch (KernelException e) {
            inotify.close();
            throw e;
        }
    }

    /** How often a process was killed; not how often the limit was hit ("oom"), which may end well. */
    private long killed() {
        return kernel.files()
                .readIfPresent(events)
                .map(content -> FlatKeyed.parse(content).getOrDefault("oom_kill", 0L))
                .orElse(killed);
    }

    private void report() {
        kernel.events().readEvents(inotify);
        tell();
    }

    private void tell() {
        long now = killed();
        if (now > killed) {
            killed = now;
            onKill.accept(now);
        }
    }

    @Override
    public void close() {
        inotify.close();
    }
}
