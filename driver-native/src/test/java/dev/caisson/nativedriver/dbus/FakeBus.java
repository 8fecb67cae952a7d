// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The other side of one connection: lets a client in, and answers its calls in order with messages that were written down. */
final class FakeBus implements AutoCloseable {
    private final ServerSocketChannel server;
    private final CompletableFuture<DbusMessage> first = new CompletableFuture<>();

    FakeBus(Path socket, String welcome, List<List<byte[]>> answers) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> serve(welcome, answers));
    }

    private void serve(String welcome, List<List<byte[]>> answers) {
        try (SocketChannel client = server.accept()) {
            line(client);
            client.write(ByteBuffer.wrap(welcome.getBytes(StandardCharsets.US_ASCII)));
            line(client);
            for (List<byte[]> messages : answers) {
                first.complete(call(client));
                for (byte[] message : messages) {
                    client.write(ByteBuffer.wrap(message));
                }
            }
            client.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            first.completeExceptionally(e);
        }
    }

    private static void line(SocketChannel client) throws IOException {
        while (read(client, 1).get(0) != '\n') {
            continue;
        }
    }

    private static DbusMessage call(SocketChannel client) throws IOException {
        ByteBuffer start = read(client, DbusReader.FIXED);
        int length = DbusReader.length(start);
        return DbusReader.message(ByteBuffer.allocate(length)
                .put(start.rewind())
                .put(read(client, length - DbusReader.FIXED))
                .flip());
    }

    private static ByteBuffer read(SocketChannel client, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (client.read(bytes) < 0) {
                throw new IOException("the client left");
            }
        }
        return bytes.flip();
    }

    /** The first call that came. */
    DbusMessage firstCall() {
        return first.join();
    }

    /** A message with one text as its body, or none where that is null. */
    static byte[] message(int type, int answered, int field, String value, String body) {
        DbusWriter values = new DbusWriter().text(body);
        DbusWriter header = new DbusWriter()
                .octet('l')
                .octet(type)
                .octet(0)
                .octet(1)
                .u32(values.length())
                .u32(7);
        header.structs(() -> {
            header.struct().octet(DbusMessage.REPLY_SERIAL).signature("u").u32(answered);
            header.struct().octet(field).signature("s").text(value);
            header.struct().octet(DbusMessage.SIGNATURE).signature("g").signature("s");
        });
        DbusWriter whole = header.align(8);
        byte[] bytes = java.util.Arrays.copyOf(whole.bytes(), whole.length() + values.length());
        System.arraycopy(values.bytes(), 0, bytes, whole.length(), values.length());
        return bytes;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
