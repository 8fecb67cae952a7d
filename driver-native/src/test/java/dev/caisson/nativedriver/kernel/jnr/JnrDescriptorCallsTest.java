// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DescriptorCalls;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.kernel.PipeEnds;
import dev.caisson.nativedriver.kernel.WindowSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class JnrDescriptorCallsTest {
    private final Kernel kernel = new JnrKernel();
    private final DescriptorCalls descriptors = kernel.descriptors();

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    @Test
    void aPipeCarriesBytesUntilItsWriterCloses() {
        try (PipeEnds pipe = descriptors.pipe()) {
            ByteBuffer out = direct("skip:hello");
            out.position(5);
            assertEquals(5, descriptors.write(pipe.write(), out));
            assertFalse(out.hasRemaining());
            ByteBuffer in = ByteBuffer.allocateDirect(64);
            in.position(2);
            assertEquals(5, descriptors.read(pipe.read(), in));
            assertEquals(7, in.position());
            in.position(0).limit(7);
            assertEquals("hello", StandardCharsets.UTF_8.decode(in.position(2)).toString());
            pipe.write().close();
            assertEquals(-1, descriptors.read(pipe.read(), in.clear()));
        }
    }

    @Test
    void aNonBlockingPipeAnswersZeroWhenEmptyOrFull() {
        try (PipeEnds pipe = descriptors.pipe()) {
            descriptors.setNonBlocking(pipe.read(), true);
            descriptors.setNonBlocking(pipe.write(), true);
            assertEquals(0, descriptors.read(pipe.read(), ByteBuffer.allocateDirect(8)));
            int capacity = descriptors.setPipeCapacity(pipe.write(), 4096);
            assertEquals(capacity, descriptors.write(pipe.write(), ByteBuffer.allocateDirect(capacity)));
            assertEquals(0, descriptors.write(pipe.write(), ByteBuffer.allocateDirect(1)));
            descriptors.setNonBlocking(pipe.read(), false);
        }
    }

    @Test
    void writingToAPipeWithoutAReaderIsEpipeAndNoSignal() {
        try (PipeEnds pipe = descriptors.pipe()) {
            pipe.read().close();
            KernelException e = assertThrows(KernelException.class, () -> descriptors.write(pipe.write(), direct("x")));
            assertTrue(e.is(Errno.EPIPE), e.getMessage());
        }
    }

    @Test
    void anEmptyBufferIsRefused() {
        try (PipeEnds pipe = descriptors.pipe()) {
            assertThrows(
                    IllegalArgumentException.class, () -> descriptors.read(pipe.read(), ByteBuffer.allocateDirect(0)));
        }
    }

    @Test
    void sealedMemoryCanBeReadAndNotChanged() {
        try (Descriptor file = descriptors.sealedMemory("plan", direct("content"))) {
            ByteBuffer in = ByteBuffer.allocateDirect(64);
            assertEquals(4, descriptors.readAt(file, in, 3));
            assertEquals("tent", text(in));
            assertEquals(-1, descriptors.readAt(file, in.clear(), 7));
            KernelException e = assertThrows(KernelException.class, () -> descriptors.write(file, direct("x")));
            assertTrue(e.is(Errno.EPERM), e.getMessage());
            assertThrows(
                    KernelException.class,
                    () -> kernel.files().open(file.procPath(), OpenFlag.WRITE, OpenFlag.TRUNCATE));
        }
    }

    @Test
    void aDuplicateOutlivesTheOriginal() {
        try (PipeEnds pipe = descriptors.pipe();
                Descriptor copy = descriptors.duplicate(pipe.write())) {
            pipe.write().close();
            assertEquals(1, descriptors.write(copy, direct("x")));
        }
    }

    @Test
    void adoptsWhatItWasGivenAndRefusesWhatIsNotOpen() {
        try (PipeEnds pipe = descriptors.pipe()) {
            Descriptor copy = descriptors.duplicate(pipe.write());
            Descriptor adopted = descriptors.adopt(copy.number(), "gift");
            assertEquals(copy.number(), adopted.number());
            adopted.close();
            assertThrows(KernelException.class, () -> descriptors.adopt(copy.number(), "gift"));
        }
    }

    @Test
    void aTerminalHasASize() {
        Assumptions.assumeTrue(kernel.files().exists("/dev/ptmx"), "there is no /dev/ptmx");
        try (Descriptor master =
                kernel.files().open("/dev/ptmx", OpenFlag.READ_WRITE, OpenFlag.NO_CONTROLLING_TERMINAL)) {
            assertTrue(descriptors.isTerminal(master));
            descriptors.setWindowSize(master, new WindowSize(50, 132));
            assertEquals(new WindowSize(50, 132), descriptors.windowSize(master));
        }
        try (PipeEnds pipe = descriptors.pipe()) {
            assertFalse(descriptors.isTerminal(pipe.read()));
            assertThrows(KernelException.class, () -> descriptors.windowSize(pipe.read()));
        }
    }
}
