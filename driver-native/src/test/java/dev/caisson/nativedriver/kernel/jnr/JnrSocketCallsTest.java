// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.PeerCredentials;
import dev.caisson.nativedriver.kernel.PipeEnds;
import dev.caisson.nativedriver.kernel.Received;
import dev.caisson.nativedriver.kernel.SocketCalls;
import dev.caisson.nativedriver.kernel.SocketPair;
import dev.caisson.nativedriver.kernel.SocketType;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrSocketCallsTest {
    private final Kernel kernel = new JnrKernel();
    private final SocketCalls sockets = kernel.sockets();

    private static ByteBuffer message(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
        for (int b : bytes) {
            buffer.put((byte) b);
        }
        return buffer.flip();
    }

    private int openDescriptors() {
        return kernel.files().list("/proc/self/fd").size();
    }

    @Test
    void packetsKeepTheirBoundaries() {
        try (SocketPair pair = sockets.pair(SocketType.SEQPACKET)) {
            assertEquals(3, sockets.send(pair.first(), message(1, 2, 3), List.of()));
            assertEquals(1, sockets.send(pair.first(), message(4), List.of()));
            ByteBuffer in = ByteBuffer.allocateDirect(64);
            assertEquals(new Received(3, List.of()), sockets.receive(pair.second(), in, 4));
            assertEquals(new Received(1, List.of()), sockets.receive(pair.second(), in, 0));
            assertEquals(4, in.get(3));
            pair.first().close();
            assertEquals(-1, sockets.receive(pair.second(), in, 4).bytes());
        }
    }

    @Test
    void sixtyFourDescriptorsTravelAndWork() {
        int before = openDescriptors();
        try (SocketPair pair = sockets.pair(SocketType.SEQPACKET)) {
            List<PipeEnds> pipes = new ArrayList<>();
            for (int i = 0; i < SocketCalls.MAX_DESCRIPTORS; i++) {
                pipes.add(kernel.descriptors().pipe());
            }
            sockets.send(
                    pair.first(),
                    message(9),
                    pipes.stream().map(PipeEnds::write).toList());
            pipes.forEach(pipe -> pipe.write().close());
            Received received =
                    sockets.receive(pair.second(), ByteBuffer.allocateDirect(1), SocketCalls.MAX_DESCRIPTORS);
            assertEquals(SocketCalls.MAX_DESCRIPTORS, received.descriptors().size());
            for (int i = 0; i < pipes.size(); i++) {
                assertEquals(
                        1, kernel.descriptors().write(received.descriptors().get(i), message(i)));
                ByteBuffer in = ByteBuffer.allocateDirect(1);
                kernel.descriptors().read(pipes.get(i).read(), in);
                assertEquals(i, in.get(0));
            }
            received.descriptors().forEach(Descriptor::close);
            pipes.forEach(PipeEnds::close);
        }
        assertEquals(before, openDescriptors());
    }

    @Test
    void moreThanFitsIsAnErrorAndLeaksNothing() {
        try (SocketPair pair = sockets.pair(SocketType.SEQPACKET);
                PipeEnds pipe = kernel.descriptors().pipe()) {
            int before = openDescriptors();
            sockets.send(pair.first(), message(1, 2, 3, 4), List.of());
            assertTooLarge(pair, 2, 0);
            List<Descriptor> four = List.of(pipe.read(), pipe.write(), pipe.read(), pipe.write());
            sockets.send(pair.first(), message(1), four);
            assertTooLarge(pair, 1, 2);
            sockets.send(pair.first(), message(1), four);
            assertTooLarge(pair, 1, 0);
            assertEquals(before, openDescriptors());
        }
    }

    private void assertTooLarge(SocketPair pair, int bytes, int descriptors) {
        ByteBuffer in = ByteBuffer.allocateDirect(bytes);
        KernelException e = assertThrows(KernelException.class, () -> sockets.receive(pair.second(), in, descriptors));
        assertTrue(e.is(Errno.EMSGSIZE), e.getMessage());
    }

    @Test
    void aSocketThatIsGoneIsEpipeAndNoSignal() {
        try (SocketPair pair = sockets.pair(SocketType.SEQPACKET)) {
            pair.second().close();
            KernelException e =
                    assertThrows(KernelException.class, () -> sockets.send(pair.first(), message(1), List.of()));
            assertTrue(e.is(Errno.EPIPE), e.getMessage());
        }
    }

    @Test
    void aNonBlockingSocketAnswersZero() {
        try (SocketPair pair = sockets.pair(SocketType.SEQPACKET)) {
            kernel.descriptors().setNonBlocking(pair.first(), true);
            assertEquals(
                    0,
                    sockets.receive(pair.first(), ByteBuffer.allocateDirect(8), 1)
                            .bytes());
            int sent = 0;
            while (sockets.send(pair.first(), message(new int[1000]), List.of()) > 0) {
                sent++;
            }
            assertTrue(sent > 1);
        }
    }

    @Test
    void thePeerIsUs() {
        try (SocketPair pair = sockets.pair(SocketType.STREAM)) {
            PeerCredentials expected = new PeerCredentials(
                    (int) ProcessHandle.current().pid(),
                    kernel.processes().effectiveUid(),
                    kernel.processes().effectiveGid());
            assertEquals(expected, sockets.peerCredentials(pair.first()));
        }
    }

    @Test
    void connectsByAPathLongerThanAnAddress(@TempDir Path directory) throws IOException {
        Path deep = directory.resolve("d".repeat(200)).resolve("e".repeat(200));
        Files.createDirectories(deep);
        Path shorter = directory.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(shorter));
            Path target = Files.move(shorter, deep.resolve("sock"));
            try (Descriptor client = sockets.connect(SocketType.STREAM, target.toString());
                    SocketChannel accepted = server.accept()) {
                sockets.send(client, message(42), List.of());
                sockets.shutdownWrite(client);
                ByteBuffer in = ByteBuffer.allocate(8);
                assertEquals(1, accepted.read(in));
                assertEquals(-1, accepted.read(in));
                assertEquals(42, in.get(0));
            }
        }
        KernelException e = assertThrows(
                KernelException.class,
                () -> sockets.connect(
                        SocketType.SEQPACKET, directory.resolve("none").toString()));
        assertTrue(e.is(Errno.ENOENT), e.getMessage());
    }
}
