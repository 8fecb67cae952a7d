// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.OomWatch;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.procfs.FlatKeyed;
import dev.caisson.nativedriver.procfs.ProcessStat;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An eventfd that the kernel counts up (Documentation/admin-guide/cgroup-v1/memory.rst, "OOM control"). */
public final class EventfdOomWatch implements OomWatch {
    private static final Logger log = LoggerFactory.getLogger(EventfdOomWatch.class);

    private final Kernel kernel;
    private final String directory;
    private final String control;
    private final Descriptor eventfd;
    private final LongConsumer onKill;
    private long killed;

    /** Watches the cgroup in a directory of the memory controller, telling the number of kills after each. */
    public EventfdOomWatch(Kernel kernel, Poller poller, String directory, LongConsumer onKill) {
        this.kernel = kernel;
        this.directory = directory;
        this.control = directory + "/memory.oom_control";
        this.onKill = onKill;
        this.eventfd = kernel.events().counter();
        try {
            // The kernel keeps what it needs of the file: it is open for the registration alone.
            try (Descriptor file = kernel.files().open(control, OpenFlag.READ)) {
                kernel.files().write(directory + "/cgroup.event_control", eventfd.number() + " " + file.number());
            }
            begin();
            poller.onReadable(eventfd, this::report);
        } catch (KernelException e) {
            eventfd.close();
            throw e;
        }
    }

    /** Tells what was killed before; a report that came meanwhile is about one of those. */
    private void begin() {
        long before = kernel.files()
                .readIfPresent(control)
                .map(content -> FlatKeyed.parse(content).getOrDefault("oom_kill", 0L))
                .orElse(0L);
        killed = Math.max(before, kernel.events().take(eventfd));
        if (killed > 0) {
            onKill.accept(killed);
        }
    }

    private void report() {
        kernel.events().take(eventfd);
        // First this: whoever is seen dying has been counted.
        boolean dying = isSomebodyDying();
        Optional<String> state = kernel.files().readIfPresent(control);
        // The removal of the cgroup is reported in the same way.
        if (state.isEmpty()) {
            close();
            return;
        }
        Map<String, Long> counters = FlatKeyed.parse(state.get());
        if (counters.getOrDefault("oom_kill_disable", 0L) == 1) {
            log.warn("The processes of {} wait for memory: the limit is reached and the OOM killer is off", control);
            return;
        }
        long counted = counters.getOrDefault("oom_kill", 0L);
        if (counted > killed || (counted == killed && !dying)) {
            killed = Math.max(killed + 1, counted);
            onKill.accept(killed);
        }
    }

    /**
     * The kernel reports just before it kills, so that a kill that is not counted yet has to be told; and it reports again
     * for everybody who needs memory before the killed one has given back its own, when nobody is killed.
     */
    private boolean isSomebodyDying() {
        return kernel.files().readIfPresent(directory + "/cgroup.procs").stream()
                .flatMap(String::lines)
                .anyMatch(this::isDying);
    }

    private boolean isDying(String pid) {
        try {
            return ProcessStat.parse(kernel.files().read("/proc/" + pid + "/stat"))
                    .dying();
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT, Errno.ESRCH)) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void close() {
        eventfd.close();
    }
}
