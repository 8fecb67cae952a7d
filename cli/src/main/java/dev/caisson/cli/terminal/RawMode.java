// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.terminal;

import java.nio.ByteBuffer;

/** A terminal that passes every byte as it is. Closing it, from any thread and any number of times, sets it back. */
public final class RawMode implements AutoCloseable {
    private final TerminalCalls calls;
    private final int descriptor;
    private final Settings before;
    private final CrashGuard guard;
    private boolean closed;

    RawMode(TerminalCalls calls, int descriptor, Settings before, CrashGuard guard) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.before = before;
        this.guard = guard;
        resume();
    }

    /** Makes it raw again after {@link #suspend}. */
    public synchronized void resume() {
        if (!closed) {
            ByteBuffer raw = before.copy();
            calls.makeRaw(raw);
            calls.change(descriptor, raw);
        }
    }

    /** Sets it back for a while. */
    public synchronized void suspend() {
        calls.change(descriptor, before.termios());
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            calls.change(descriptor, before.termios());
            guard.dismiss();
        }
    }
}
