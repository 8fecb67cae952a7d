// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamRootTest {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 1024;

    @RegisterExtension
    private final Live live = new Live();

    /** The container has our own descriptors, so that a gibibyte takes about as long as through a pipe to cat(1) alone. */
    @Test
    void aGibibyteComesBackAsItWent() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = live.process(live.caissonRun("-i", "--", "cat"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> send(process.getOutputStream()));
        CRC32C received = new CRC32C();
        long count = 0;
        byte[] buffer = new byte[BLOCK];
        try (InputStream output = process.getInputStream()) {
            for (int length = output.read(buffer); length >= 0; length = output.read(buffer)) {
                received.update(buffer, 0, length);
                count += length;
            }
        }
        assertEquals(0, process.waitFor());
        assertEquals((long) BLOCK * BLOCKS, count);
        assertEquals(sent.join(), received.getValue());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(elapsed.toSeconds() < 60, "took " + elapsed);
    }

    private static long send(OutputStream input) {
        CRC32C sum = new CRC32C();
        byte[] block = new byte[BLOCK];
        new Random(7).nextBytes(block);
        try (input) {
            for (int i = 0; i < BLOCKS; i++) {
                ByteBuffer.wrap(block).putInt(i);
                sum.update(block);
                input.write(block);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return sum.getValue();
    }
}
