// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.FreezeTimeout;
import dev.caisson.nativedriver.cgroup.controller.Freezer;
import dev.caisson.nativedriver.kernel.FileCalls;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The freezer controller (Documentation/admin-guide/cgroup-v1/freezer-subsystem.rst).
 *
 * <p>It has no event for "done": its state reads FREEZING until the last process has stopped, and reading it is what makes
 * the kernel look again. A process that forks meanwhile can keep it so for ever, unless the order is given anew. So this is
 * the one place that asks repeatedly: with growing pauses, a limit, and only where cgroup v2's freezer is not to be had.
 */
public final class RetryFreezer implements Freezer {
    private static final String FROZEN = "FROZEN";
    private static final String THAWED = "THAWED";
    private static final long FIRST_PAUSE = Duration.ofNanos(20_000).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(5).toNanos();

    /** After so many tries all are let go for a moment: a process in vfork waits for its child to run on. */
    private static final int TRIES_BEFORE_THAW = 50;

    private final FileCalls files;
    private final String state;

    public RetryFreezer(FileCalls files, String directory) {
        this.files = files;
        this.state = directory + "/freezer.state";
    }

    @Override
    public void freeze() throws InterruptedException {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE;
        boolean frozen = false;
        try {
            for (int tries = 1; !frozen && System.nanoTime() - start < FreezeTimeout.MOST.toNanos(); tries++) {
                if (tries % TRIES_BEFORE_THAW == 0) {
                    files.write(state, THAWED);
                }
                files.write(state, FROZEN);
                frozen = isFrozen();
                if (!frozen) {
                    LockSupport.parkNanos(this, pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE);
                }
                if (Thread.interrupted()) {
                    frozen = false;
                    throw new InterruptedException("Interrupted while freezing " + state);
                }
            }
        } finally {
            if (!frozen) {
                thaw();
            }
        }
        if (!frozen) {
            throw FreezeTimeout.of(state);
        }
    }

    @Override
    public void thaw() {
        files.write(state, THAWED);
    }

    @Override
    public boolean isFrozen() {
        return files.read(state).strip().equals(FROZEN);
    }
}
