// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.Poller;
import java.io.InputStream;
import java.io.OutputStream;

/** Makes pumps. Safe for use by many threads. */
public final class Pumps {
    private final Kernel kernel;
    private final Poller poller;
    private final TransferBuffers buffers = new TransferBuffers();

    public Pumps(Kernel kernel, Poller poller) {
        this.kernel = kernel;
        this.poller = poller;
    }

    /**
     * Starts carrying what a process writes to a Java stream.
     *
     * @param from the read end of a pipe or the master of a terminal; made non-blocking, closed by the pump
     * @param to written and flushed, never closed
     */
    public OutputPump output(Descriptor from, OutputStream to) {
        kernel.descriptors().setNonBlocking(from, true);
        OutputPump pump = new OutputPump(kernel.descriptors(), poller, buffers, from, to);
        pump.start();
        return pump;
    }

    /**
     * Starts carrying a Java stream to what a process reads.
     *
     * @param from read until its end, never closed
     * @param to the write end of a pipe or a duplicate of a terminal's master; made non-blocking, closed by the pump
     */
    public InputPump input(InputStream from, Descriptor to) {
        return input(from, to, () -> {});
    }

    /**
     * As the other.
     *
     * @param atEnd run when the stream has ended, but not when the pump is stopped
     */
    public InputPump input(InputStream from, Descriptor to, Runnable atEnd) {
        kernel.descriptors().setNonBlocking(to, true);
        InputPump pump = new InputPump(kernel.descriptors(), poller, buffers, from, to, atEnd);
        pump.start();
        return pump;
    }

    /** Returns what carries a spool of the shim to a Java stream; it is to be begun. */
    SpoolDelivery spool(int stream, OutputStream to) {
        return new SpoolDelivery(kernel.descriptors(), buffers, stream, to);
    }
}
