// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.kernel.Received;
import dev.caisson.nativedriver.kernel.SocketPair;
import dev.caisson.nativedriver.kernel.SocketType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Our end of the socket to one {@code criu swrk}, and until it was handed over the other one. For one thread at a time;
 * waiting for an answer is interruptible.
 */
final class CriuConnection implements AutoCloseable {
    /** Told what CRIU does while it serves a request. */
    @FunctionalInterface
    interface Listener {
        /** Does nothing. */
        Listener NONE = (notice, descriptors) -> descriptors.forEach(Descriptor::close);

        /** Owns the descriptors. CRIU waits until this returns. */
        void on(CriuReply.Notice notice, List<Descriptor> descriptors) throws InterruptedException;
    }

    /** No answer is near as long. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_DESCRIPTORS = 8;

    private final Kernel kernel;
    private final Poller poller;
    private final SocketPair sockets;
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(MOST_BYTES);

    CriuConnection(Kernel kernel, Poller poller) {
        this.kernel = kernel;
        this.poller = poller;
        this.sockets = kernel.sockets().pair(SocketType.SEQPACKET);
        kernel.descriptors().setNonBlocking(sockets.first(), true);
    }

    /** What CRIU is given; to be closed here by {@link #handedOver}. */
    Descriptor theirs() {
        return sockets.second();
    }

    /** CRIU has its end: from now on its death shows. */
    void handedOver() {
        sockets.second().close();
    }

    /**
     * Asks for something and returns the answer to it.
     *
     * @param doing what is being done, for messages
     * @throws CriuEndedException if CRIU ended instead
     */
    CriuReply ask(String doing, byte[] request, Listener listener) throws InterruptedException {
        send(request);
        while (true) {
            CriuReply reply = receive(doing);
            if (reply.notice().isEmpty()) {
                reply.descriptors().forEach(Descriptor::close);
                return reply;
            }
            listener.on(reply.notice().get(), reply.descriptors());
            send(CriuRequest.heard());
        }
    }

    private void send(byte[] request) {
        ByteBuffer message =
                ByteBuffer.allocateDirect(request.length).put(request).flip();
        try {
            kernel.sockets().send(sockets.first(), message, List.of());
        } catch (KernelException e) {
            throw ended(e);
        }
    }

    private CriuReply receive(String doing) throws InterruptedException {
        while (true) {
            poller.awaitReadable(sockets.first());
            incoming.clear();
            Received received = take();
            if (received.bytes() < 0) {
                throw new CriuEndedException();
            }
            if (received.bytes() > 0) {
                return read(doing, received);
            }
        }
    }

    private Received take() {
        try {
            return kernel.sockets().receive(sockets.first(), incoming, MOST_DESCRIPTORS);
        } catch (KernelException e) {
            throw ended(e);
        }
    }

    private static RuntimeException ended(KernelException e) {
        return e.is(Errno.EPIPE, Errno.ECONNRESET) ? new CriuEndedException() : e;
    }

    private CriuReply read(String doing, Received received) {
        try {
            return CriuReply.read(incoming.slice(0, received.bytes()), received.descriptors());
        } catch (IllegalArgumentException e) {
            received.descriptors().forEach(Descriptor::close);
            throw new DriverException(
                    StandardErrorCode.TOOL_FAILED,
                    doing,
                    "what CRIU says is no answer of its RPC: " + e.getMessage(),
                    "use a CRIU of version " + CriuVersion.LEAST + " or later",
                    e);
        }
    }

    /** Closes our end, and the other one if it is here still. CRIU ends when it has nothing more to do. */
    @Override
    public void close() {
        sockets.close();
    }
}
