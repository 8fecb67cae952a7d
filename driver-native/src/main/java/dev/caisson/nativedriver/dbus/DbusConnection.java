// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A connection to a bus, or to a program that speaks D-Bus itself. Its methods wait for the other side, no longer than a time
 * given at the beginning for all together. Not thread-safe.
 */
public final class DbusConnection implements AutoCloseable {
    private static final int NO_FLAGS = 0;
    private static final int VERSION = 1;

    private final SocketChannel channel;
    private final Selector selector;
    private final long end;
    private final List<DbusMessage> signals = new ArrayList<>();
    private int serial;

    private DbusConnection(SocketChannel channel, Selector selector, Duration most) {
        this.channel = channel;
        this.selector = selector;
        this.end = System.nanoTime() + most.toNanos();
    }

    /**
     * Connects, as the user that this process runs as.
     *
     * @param most time for everything that is done with the connection
     */
    public static DbusConnection open(Path socket, long uid, Duration most) throws DbusException {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            DbusConnection connection = new DbusConnection(channel, Selector.open(), most);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.configureBlocking(false);
                channel.register(connection.selector, SelectionKey.OP_READ);
                connection.authenticate(uid);
            } catch (IOException | RuntimeException | DbusException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (IOException e) {
            throw new DbusException("", "connect to " + socket + ": " + e.getMessage(), e);
        }
    }

    /** EXTERNAL: the kernel tells the other side who we are. */
    private void authenticate(long uid) throws IOException, DbusException {
        StringBuilder digits = new StringBuilder();
        for (byte digit : Long.toString(uid).getBytes(StandardCharsets.US_ASCII)) {
            digits.append(Integer.toHexString(digit));
        }
        send(ByteBuffer.wrap(("\0AUTH EXTERNAL " + digits + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n")) {
            answer.append((char) receive(1).get(0));
        }
        if (!answer.toString().startsWith("OK ")) {
            throw new DbusException(
                    "",
                    "it does not know user " + uid + ": " + answer.toString().strip(),
                    null);
        }
        send(ByteBuffer.wrap("BEGIN\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Calls a method and waits for its answer.
     *
     * @param signature of the body, empty if there is none
     * @throws DbusException with the error that it was answered with
     */
    public DbusReader call(DbusMethod method, String signature, DbusWriter body) throws DbusException {
        try {
            int own = ++serial;
            byte[] values = body.bytes();
            send(ByteBuffer.wrap(header(own, method, signature, values.length)));
            send(ByteBuffer.wrap(values));
            DbusMessage answer = next(message -> message.answers(own));
            if (answer.type() == DbusMessage.ERROR) {
                String text = answer.field(DbusMessage.SIGNATURE).startsWith("s")
                        ? answer.values().text()
                        : method.member() + " failed";
                throw new DbusException(answer.field(DbusMessage.ERROR_NAME), text, null);
            }
            return answer.values();
        } catch (IOException | MalformedMessageException e) {
            throw new DbusException("", method.member() + ": " + e.getMessage(), e);
        }
    }

    private static byte[] header(int serial, DbusMethod method, String signature, int length) {
        DbusWriter header = new DbusWriter()
                .octet('l')
                .octet(DbusMessage.CALL)
                .octet(NO_FLAGS)
                .octet(VERSION)
                .u32(length)
                .u32(serial);
        header.structs(() -> {
            text(header, DbusMessage.PATH, "o", method.path());
            text(header, DbusMessage.DESTINATION, "s", method.destination());
            text(header, DbusMessage.INTERFACE, "s", method.type());
            text(header, DbusMessage.MEMBER, "s", method.member());
            if (!signature.isEmpty()) {
                header.struct().octet(DbusMessage.SIGNATURE).signature("g").signature(signature);
            }
        });
        return header.align(8).bytes();
    }

    private static void text(DbusWriter header, int field, String type, String value) {
        header.struct().octet(field).signature(type).text(value);
    }

    /** Waits for a signal, which may have come already while an answer was waited for. */
    public DbusReader awaitSignal(String member, Predicate<DbusReader> wanted) throws DbusException {
        Predicate<DbusMessage> right = message -> message.isSignal(member) && wanted.test(message.values());
        for (Iterator<DbusMessage> known = signals.iterator(); known.hasNext(); ) {
            DbusMessage signal = known.next();
            if (right.test(signal)) {
                known.remove();
                return signal.values();
            }
        }
        try {
            return next(right).values();
        } catch (IOException | MalformedMessageException e) {
            throw new DbusException("", "wait for " + member + ": " + e.getMessage(), e);
        }
    }

    private DbusMessage next(Predicate<DbusMessage> wanted) throws IOException {
        while (true) {
            ByteBuffer start = receive(DbusReader.FIXED);
            int length = DbusReader.length(start);
            ByteBuffer whole = ByteBuffer.allocate(length)
                    .put(start.rewind())
                    .put(receive(length - DbusReader.FIXED))
                    .flip();
            DbusMessage message = DbusReader.message(whole);
            if (wanted.test(message)) {
                return message;
            }
            if (message.type() == DbusMessage.SIGNAL) {
                signals.add(message);
            }
        }
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private ByteBuffer receive(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes);
            if (read < 0) {
                throw new EOFException("the other side closed the connection");
            }
            if (read == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return bytes.flip();
    }

    private void await(int operation) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0 || (selector.select(left) == 0 && !Thread.currentThread().isInterrupted())) {
            throw new IOException("no answer came in time");
        }
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
    }

    @Override
    public void close() {
        try (selector) {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: what mattered was answered.
            throw new java.io.UncheckedIOException(e);
        }
    }
}
