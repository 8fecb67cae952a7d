// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.PeerCredentials;
import dev.caisson.nativedriver.kernel.Received;
import dev.caisson.nativedriver.kernel.SocketType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seqpacket connection to a shim: anyone sends, one platform thread receives and hands each reply to the handler of its
 * tag. Safe for use by many threads.
 */
final class ShimConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ShimConnection.class);

    /** The tag of our last request: those of processes are counted up from the time of day. */
    private static final long FAREWELL = -1;

    private final Kernel kernel;
    private final Descriptor socket;
    private final ConnectionListener listener;
    private final Reply.Welcome welcome;

    private final ReentrantLock sending = new ReentrantLock();
    private final ByteBuffer outgoing = packet();
    private final ByteBuffer incoming = packet();
    private final Map<Long, ReplyHandler> handlers = new ConcurrentHashMap<>();
    private @Nullable Thread reader;
    private volatile boolean refused;

    private ShimConnection(Kernel kernel, Descriptor socket, ConnectionListener listener) {
        this.kernel = kernel;
        this.socket = socket;
        this.listener = listener;
        this.welcome = greet();
    }

    /**
     * Connects and greets. The reader is not started yet.
     *
     * @throws DriverException WRONG_STATE if another engine is connected, PROTOCOL if it is no shim of our kind
     * @throws KernelException if nobody listens
     */
    static ShimConnection open(Kernel kernel, String path, ConnectionListener listener) {
        return over(kernel, kernel.sockets().connect(SocketType.SEQPACKET, path), path, listener);
    }

    /** Greets over a connected socket, which is then the connection's. */
    static ShimConnection over(Kernel kernel, Descriptor socket, String path, ConnectionListener listener) {
        try {
            PeerCredentials peer = kernel.sockets().peerCredentials(socket);
            if (peer.uid() != kernel.processes().effectiveUid()) {
                throw broken(path, "it runs as user " + peer.uid() + ", not as ours", null);
            }
            return new ShimConnection(kernel, socket, listener);
        } catch (KernelException | MalformedMessageException e) {
            socket.close();
            throw broken(path, String.valueOf(e.getMessage()), e);
        } catch (DriverException e) {
            socket.close();
            throw e;
        }
    }

    private static DriverException broken(String path, String why, @Nullable Throwable cause) {
        return new DriverException(
                StandardErrorCode.PROTOCOL,
                "talk to the shim at " + path,
                why,
                "use a state root of our own that holds nothing of another version",
                cause);
    }

    private static ByteBuffer packet() {
        return ByteBuffer.allocateDirect(Protocol.MESSAGE_MOST).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Reply.Welcome greet() {
        send(new Request.Hello(
                Protocol.MAGIC, Protocol.VERSION, kernel.processes().pid()));
        Message answer = receive();
        if (answer instanceof Reply.Welcome greeting && greeting.version() == Protocol.VERSION) {
            return greeting;
        }
        if (answer instanceof Reply.Refused refused) {
            throw new DriverException(
                    StandardErrorCode.STATE_ROOT_TAKEN,
                    "connect to " + socket.name(),
                    "it was refused: " + refused.text(),
                    "close the other engine, or use another state root");
        }
        throw new MalformedMessageException("it answers our greeting with " + answer);
    }

    /** Returns what the shim said of itself. */
    Reply.Welcome welcome() {
        return welcome;
    }

    /** Returns what to say of a shim that can't be talked to any more. */
    ShimDeath death() {
        return new ShimDeath(welcome.shimPid(), "has ended");
    }

    /** Starts handing out what comes. */
    void start() {
        reader = Thread.ofPlatform()
                .daemon()
                .name("caisson-shim-" + welcome.shimPid())
                .start(this::serve);
    }

    /** Lets a handler have all replies of a tag from now on. */
    void register(long tag, ReplyHandler handler) {
        handlers.put(tag, handler);
    }

    /** Ends what {@link #register} began. */
    void forget(long tag) {
        handlers.remove(tag);
    }

    /**
     * Sends a packet. Blocks while the shim is slow to read.
     *
     * @throws KernelException EPIPE or ECONNRESET if the shim has ended
     */
    void send(Request request) {
        sending.lock();
        try {
            MessageWriter.write(request, outgoing.clear());
            kernel.sockets().send(socket, outgoing.flip(), request.descriptors());
        } finally {
            sending.unlock();
        }
    }

    /** Returns the next message, or null at the end. */
    private @Nullable Message receive() {
        Received received = kernel.sockets().receive(socket, incoming.clear(), Protocol.DESCRIPTORS_MOST);
        if (received.bytes() < 0) {
            return null;
        }
        try {
            return MessageReader.read(incoming.flip(), received.descriptors());
        } catch (MalformedMessageException e) {
            received.descriptors().forEach(Descriptor::close);
            throw e;
        }
    }

    private void serve() {
        String why = "ended";
        try {
            Message message;
            while ((message = receive()) != null) {
                dispatch(message);
            }
        } catch (KernelException e) {
            if (!e.is(Errno.ECONNRESET)) {
                log.error("The connection to the shim broke", e);
                why = "can't be heard any more: " + e.getMessage();
            }
        } catch (MalformedMessageException e) {
            log.error("The shim (pid {}) broke the protocol", welcome.shimPid(), e);
            why = "broke the protocol: " + e.getMessage();
        } finally {
            socket.close();
        }
        listener.ended(why);
    }

    private void dispatch(Message message) {
        switch (message) {
            case Reply.Held held -> listener.held(held);
            case Reply.ListEnd end -> listener.listEnd();
            case Reply reply -> hand(reply);
            case Request request -> throw new MalformedMessageException("it sends the request " + request.type());
        }
    }

    private void hand(Reply reply) {
        if (reply instanceof Reply.Refused refused && refused.tag() == Protocol.NO_TAG) {
            throw new MalformedMessageException("it ends the connection: " + refused.text());
        }
        ReplyHandler handler = handlers.get(reply.tag());
        if (handler == null) {
            log.debug("Nobody waits for {}", reply);
            reply.descriptors().forEach(Descriptor::close);
            return;
        }
        try {
            handler.on(reply);
        } catch (RuntimeException e) {
            // One process's handler must not silence all the others.
            log.error("{} could not be handled", reply, e);
        }
    }

    /** Lets the shim end if it holds nothing; it refuses if it does. */
    void leave() {
        register(FAREWELL, reply -> {
            refused = true;
            log.debug("The shim goes on: {}", reply);
        });
        send(new Request.Shutdown(FAREWELL, false));
    }

    /** Returns true if the shim did not want to end. To be asked after {@link #hangUp}. */
    boolean wasRefused() {
        return refused;
    }

    /**
     * Says that nothing more will be sent, and waits until the shim closes its side: in tied mode it has then killed and
     * cleaned everything.
     *
     * @return whether it did so within the time
     */
    boolean hangUp(long millis) throws InterruptedException {
        try {
            kernel.sockets().shutdownWrite(socket);
        } catch (KernelException e) {
            // Closed by the reader: the shim was faster.
            log.trace("Already closed", e);
        }
        Thread thread = reader;
        if (thread == null) {
            socket.close();
            return true;
        }
        thread.join(millis);
        return !thread.isAlive();
    }

    /** Closes a connection whose reader was not started. */
    @Override
    public void close() {
        socket.close();
    }
}
