// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opentest4j.AssertionFailedError;

/** A unix socket to which a driver sends the state of a container whose calls are notified; descriptors are dropped. */
public final class SeccompListener implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel server;
    private final CompletableFuture<String> message = new CompletableFuture<>();

    private SeccompListener(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
    }

    /** Listens at a path. */
    public static SeccompListener open(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        SeccompListener listener = new SeccompListener(path, server);
        // A virtual thread that waits makes the JDK open epoll descriptors that it keeps.
        Thread.ofPlatform().daemon().name("seccomp listener").start(listener::receive);
        return listener;
    }

    private void receive() {
        try (SocketChannel channel = server.accept()) {
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (channel.read(buffer) >= 0) {
                received.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            message.complete(received.toString(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            message.completeExceptionally(closed);
        }
    }

    /** Returns where it listens. */
    public Path path() {
        return path;
    }

    /** Waits for the one message. */
    public String message(Duration patience) throws InterruptedException {
        try {
            return message.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException none) {
            throw new AssertionFailedError("nothing came to the listener at " + path, none);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
