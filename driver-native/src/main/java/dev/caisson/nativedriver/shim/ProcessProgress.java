// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How far a process is, and who waits for it to be further. Thread-safe. */
final class ProcessProgress {
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Who waits for which milestone: nobody is woken on the way to it, which costs as much as a step of the launch. */
    private final int[] waiting = new int[Milestone.values().length];

    private Milestone milestone = Milestone.ASKED;
    private int pid;
    private long startTime;
    private Reply.@Nullable Failed failed;
    private Reply.@Nullable Exited exited;
    private Reply.@Nullable Cleaned uncleaned;
    private @Nullable Breakage broken;

    /** @param name what messages call the process */
    ProcessProgress(String name) {
        this.name = name;
    }

    int pid() {
        lock.lock();
        try {
            return pid;
        } finally {
            lock.unlock();
        }
    }

    long startTime() {
        lock.lock();
        try {
            return startTime;
        } finally {
            lock.unlock();
        }
    }

    Optional<Reply.Exited> exited() {
        lock.lock();
        try {
            return Optional.ofNullable(exited);
        } finally {
            lock.unlock();
        }
    }

    Optional<Reply.Cleaned> uncleaned() {
        lock.lock();
        try {
            return Optional.ofNullable(uncleaned);
        } finally {
            lock.unlock();
        }
    }

    boolean hasFailed() {
        lock.lock();
        try {
            return failed != null;
        } finally {
            lock.unlock();
        }
    }

    boolean hasReached(Milestone wanted) {
        lock.lock();
        try {
            return milestone.compareTo(wanted) >= 0;
        } finally {
            lock.unlock();
        }
    }

    void await(Milestone wanted) throws InterruptedException {
        lock.lockInterruptibly();
        waiting[wanted.ordinal()]++;
        try {
            while (!settled(wanted)) {
                changed.await();
            }
        } finally {
            waiting[wanted.ordinal()]--;
            lock.unlock();
        }
    }

    boolean await(Milestone wanted, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        waiting[wanted.ordinal()]++;
        try {
            while (!settled(wanted)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            waiting[wanted.ordinal()]--;
            lock.unlock();
        }
    }

    void awaitUninterruptibly(Milestone wanted) {
        lock.lock();
        waiting[wanted.ordinal()]++;
        try {
            while (!settled(wanted)) {
                changed.awaitUninterruptibly();
            }
        } finally {
            waiting[wanted.ordinal()]--;
            lock.unlock();
        }
    }

    private boolean settled(Milestone wanted) {
        if (failed != null && wanted.compareTo(Milestone.EXITED) < 0) {
            throw new LaunchFailedException(failed);
        }
        if (milestone.compareTo(wanted) >= 0 || (wanted == Milestone.CLEANED && uncleaned != null)) {
            return true;
        }
        if (broken != null) {
            throw broken.during("wait for " + name);
        }
        return false;
    }

    /** Takes what the shim says; returns true if it has forgotten the process now. */
    boolean reached(Reply.Progress progress) {
        return switch (progress) {
            case Reply.Created created -> runs(Milestone.CREATED, created.pid(), created.startTime());
            case Reply.Ready ready -> runs(Milestone.READY, ready.pid(), ready.startTime());
            case Reply.Started started -> runs(Milestone.STARTED, started.pid(), started.startTime());
            case Reply.Failed reason -> failed(reason);
            case Reply.Exited end -> exited(end);
            case Reply.Cleaned end -> cleaned(end);
        };
    }

    boolean runs(Milestone reached, int number, long start) {
        lock.lock();
        try {
            pid = number;
            startTime = start;
            advance(reached);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void advance(Milestone reached) {
        milestone = reached;
        for (int ordinal = 0; ordinal <= reached.ordinal(); ordinal++) {
            if (waiting[ordinal] > 0) {
                changed.signalAll();
                return;
            }
        }
    }

    private boolean failed(Reply.Failed reason) {
        lock.lock();
        try {
            failed = reason;
            advance(Milestone.CLEANED);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean exited(Reply.Exited end) {
        lock.lock();
        try {
            exited = end;
            advance(Milestone.EXITED);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean cleaned(Reply.Cleaned end) {
        boolean gone = end.errno() == 0;
        lock.lock();
        try {
            if (gone) {
                advance(Milestone.CLEANED);
            } else {
                // The shim holds it still: cleaning can be tried again.
                uncleaned = end;
                changed.signalAll();
            }
            return gone;
        } finally {
            lock.unlock();
        }
    }

    /** Cleaning is tried anew. */
    void cleanAgain() {
        lock.lock();
        try {
            uncleaned = null;
        } finally {
            lock.unlock();
        }
    }

    /** No further milestone will be reached. */
    void broke(Breakage why) {
        lock.lock();
        try {
            broken = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
