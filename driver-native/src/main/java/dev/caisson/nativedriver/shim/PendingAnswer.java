// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Requests that the shim answers: one at a time, so that each gets its own answer. Thread-safe. */
final class PendingAnswer {
    /** Held from the request to its answer. */
    private final ReentrantLock asking = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Reply answer;
    private @Nullable Breakage broken;
    private boolean gone;

    /**
     * Asks and waits for the answer. Not interruptible.
     *
     * @param doing what is being done, for messages
     * @param request sends the request
     * @return null when the shim has forgotten the process: then nobody hands out its answers any more
     */
    @Nullable Reply ask(String doing, Runnable request) {
        asking.lock();
        try {
            begin();
            request.run();
            return await(doing);
        } finally {
            asking.unlock();
        }
    }

    private void begin() {
        lock.lock();
        try {
            answer = null;
            broken = null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Reply await(String doing) {
        lock.lock();
        try {
            while (answer == null && !gone) {
                if (broken != null) {
                    throw broken.during(doing);
                }
                changed.awaitUninterruptibly();
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** The answer has come. */
    void answered(Reply reply) {
        lock.lock();
        try {
            answer = reply;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was asked will not be answered. */
    void broke(Breakage why) {
        lock.lock();
        try {
            broken = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing that is asked from now on will be answered. */
    void gone() {
        lock.lock();
        try {
            gone = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
