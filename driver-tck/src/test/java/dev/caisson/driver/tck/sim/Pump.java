// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A thread that carries bytes between a pipe of a simulated process and a Java stream. */
final class Pump {
    private interface Work {
        void carry() throws IOException, InterruptedException;
    }

    private final Work work;
    private final boolean output;
    private final Fault fault;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;

    private Pump(boolean output, Fault fault, Work work) {
        this.work = work;
        this.output = output;
        this.fault = fault;
        this.thread = Thread.ofVirtual().unstarted(this::run);
    }

    /** @param reading held by whoever reads, if a driver has one reader for all */
    static Pump output(BoundedPipe from, OutputStream to, Fault fault, Lock reading) {
        return new Pump(true, fault, () -> {
            try {
                carryOut(from, fault.is(Wrong.HAS_ONE_READER_FOR_ALL) ? new OneAtATime(to, reading) : to, fault);
            } catch (IOException failed) {
                from.closeReader();
                throw failed;
            }
        });
    }

    private static void carryOut(BoundedPipe from, OutputStream to, Fault fault)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[8192];
        long carried = 0;
        int read = from.read(buffer);
        while (read >= 0) {
            int next = from.isEmpty() && fault.is(Wrong.LOSES_THE_LAST_LINE) ? lineEnd(buffer, read) : read;
            if (fault.is(Wrong.DECODES_BYTES)) {
                to.write(new String(buffer, 0, next, java.nio.charset.StandardCharsets.UTF_8)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else {
                to.write(buffer, 0, fault.is(Wrong.LOSES_BYTES) && carried > 100_000 ? next - 1 : next);
            }
            carried += next;
            if (from.isEmpty() && !fault.is(Wrong.NEVER_FLUSHES)) {
                to.flush();
            }
            read = from.read(buffer);
        }
        if (fault.is(Wrong.CLOSES_STREAMS)) {
            to.close();
        }
    }

    private static int lineEnd(byte[] buffer, int length) {
        int end = length;
        while (end > 0 && buffer[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    static Pump input(InputStream from, BoundedPipe to, Fault fault) {
        return new Pump(false, fault, () -> {
            byte[] buffer = new byte[8192];
            long carried = 0;
            try {
                int read = from.read(buffer);
                while (read >= 0 && !(fault.is(Wrong.CUTS_INPUT_SHORT) && carried > 300_000)) {
                    if (to.isUnread() && fault.is(Wrong.FAILS_FOR_UNREAD_INPUT)) {
                        throw new IOException("Broken pipe");
                    }
                    to.write(buffer, 0, read);
                    carried += read;
                    read = from.read(buffer);
                }
                to.closeWriter();
            } catch (InterruptedIOException interrupted) {
                throw new InterruptedException(interrupted.getMessage());
            } catch (IOException failed) {
                to.closeWriter();
                throw failed;
            }
        });
    }

    static Pump terminal(Tty tty, InputStream keyboard) {
        return new Pump(false, new Fault.None(), () -> {
            byte[] buffer = new byte[1024];
            try {
                for (int read = keyboard.read(buffer); read >= 0; read = keyboard.read(buffer)) {
                    tty.type(buffer, read);
                }
            } catch (InterruptedIOException interrupted) {
                throw new InterruptedException(interrupted.getMessage());
            }
        });
    }

    private void run() {
        try {
            work.carry();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failed) {
            failure.set(failed);
        }
    }

    void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    void stop() {
        thread.interrupt();
    }

    /** Waits until all output was taken; input that nobody wants any more is given up. */
    @Nullable Throwable finish() throws InterruptedException {
        start();
        if (output) {
            if (!fault.is(Wrong.RETURNS_BEFORE_ITS_READERS)) {
                thread.join();
            }
        } else if (!fault.is(Wrong.WAITS_FOR_INPUT)) {
            thread.interrupt();
            thread.join();
        } else {
            thread.join();
        }
        boolean hidden = fault.is(output ? Wrong.HIDES_OUTPUT_FAILURES : Wrong.HIDES_INPUT_FAILURES);
        return hidden ? null : failure.get();
    }

    /** A stream that is written to while nobody writes to another one. */
    private static final class OneAtATime extends OutputStream {
        private final OutputStream to;
        private final Lock lock;

        OneAtATime(OutputStream to, Lock lock) {
            this.to = to;
            this.lock = lock;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            lock.lock();
            try {
                to.write(bytes, offset, length);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
