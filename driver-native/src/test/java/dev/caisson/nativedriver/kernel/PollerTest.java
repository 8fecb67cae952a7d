// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PollerTest {
    private final Kernel kernel = new JnrKernel();
    private final Poller poller = new Poller(kernel);

    @AfterEach
    void stop() {
        poller.close();
    }

    /** A virtual thread that waits, and is known to be parked when this returns. */
    private FutureTask<Boolean> waiting(Descriptor descriptor, boolean forWriting, List<Thread> threads)
            throws InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            if (forWriting) {
                poller.awaitWritable(descriptor);
            } else {
                poller.awaitReadable(descriptor);
            }
            return true;
        });
        Thread thread = Thread.ofVirtual().start(task);
        threads.add(thread);
        // A wait without an end is one with a far one, so TIMED_WAITING.
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertFalse(task.isDone(), "did not wait");
            Thread.onSpinWait();
        }
        return task;
    }

    private FutureTask<Boolean> waiting(Descriptor descriptor) throws InterruptedException {
        return waiting(descriptor, false, new ArrayList<>());
    }

    private void put(Descriptor pipe) {
        kernel.descriptors().write(pipe, ByteBuffer.allocateDirect(1));
    }

    @Test
    void wakesWhenDataComesAndWhenTheWriterLeaves() throws Exception {
        try (PipeEnds pipe = kernel.descriptors().pipe()) {
            FutureTask<Boolean> reader = waiting(pipe.read());
            put(pipe.write());
            assertTrue(reader.get());
            poller.awaitReadable(pipe.read());
            kernel.descriptors().read(pipe.read(), ByteBuffer.allocateDirect(1));
            FutureTask<Boolean> second = waiting(pipe.read());
            pipe.write().close();
            assertTrue(second.get());
        }
    }

    @Test
    void readerAndWriterOfOneSocketWaitSideBySide() throws Exception {
        try (SocketPair pair = kernel.sockets().pair(SocketType.STREAM)) {
            kernel.descriptors().setNonBlocking(pair.first(), true);
            while (kernel.descriptors().write(pair.first(), ByteBuffer.allocateDirect(65536)) > 0) {
                assertTrue(pair.first().isOpen());
            }
            FutureTask<Boolean> reader = waiting(pair.first());
            FutureTask<Boolean> writer = waiting(pair.first(), true, new ArrayList<>());
            put(pair.second());
            assertTrue(reader.get());
            assertFalse(writer.isDone());
            ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
            kernel.descriptors().setNonBlocking(pair.second(), true);
            while (kernel.descriptors().read(pair.second(), in) > 0) {
                in.clear();
            }
            assertTrue(writer.get());
        }
    }

    @Test
    void closingWakesWithEbadf() throws Exception {
        try (PipeEnds pipe = kernel.descriptors().pipe()) {
            FutureTask<Boolean> reader = waiting(pipe.read());
            pipe.read().close();
            KernelException e = assertInstanceOf(
                    KernelException.class,
                    assertThrows(ExecutionException.class, reader::get).getCause());
            assertEquals(Errno.EBADF, e.errno());
            assertThrows(KernelException.class, () -> poller.awaitReadable(pipe.read()));
        }
    }

    @Test
    void anInterruptEndsTheWaitAndTheNextOneWorks() throws Exception {
        try (PipeEnds pipe = kernel.descriptors().pipe()) {
            List<Thread> threads = new ArrayList<>();
            FutureTask<Boolean> reader = waiting(pipe.read(), false, threads);
            threads.get(0).interrupt();
            assertInstanceOf(
                    InterruptedException.class,
                    assertThrows(ExecutionException.class, reader::get).getCause());
            FutureTask<Boolean> second = waiting(pipe.read());
            put(pipe.write());
            assertTrue(second.get());
        }
    }

    @Test
    void twoReadersOfOneDescriptorAreRefused() throws Exception {
        try (PipeEnds pipe = kernel.descriptors().pipe()) {
            FutureTask<Boolean> reader = waiting(pipe.read());
            assertThrows(IllegalStateException.class, () -> poller.awaitReadable(pipe.read()));
            put(pipe.write());
            assertTrue(reader.get());
        }
    }

    @Test
    void aRegularFileIsAlwaysReady(@TempDir Path directory) throws Exception {
        Path path = Files.createFile(directory.resolve("f"));
        try (Descriptor file = kernel.files().open(path.toString(), OpenFlag.READ)) {
            poller.awaitReadable(file);
            poller.awaitReadable(file);
        }
    }

    @Test
    void aNumberGivenOutAgainIsANewDescriptor() throws Exception {
        for (int i = 0; i < 500; i++) {
            try (PipeEnds pipe = kernel.descriptors().pipe()) {
                FutureTask<Boolean> reader = waiting(pipe.read());
                put(pipe.write());
                assertTrue(reader.get());
            }
        }
    }

    @Test
    void twoThousandDescriptorsWaitWithoutAThreadEach() throws Exception {
        int before = Thread.activeCount();
        List<PipeEnds> pipes = new ArrayList<>();
        List<FutureTask<Boolean>> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 2000; i++) {
                PipeEnds pipe = kernel.descriptors().pipe();
                pipes.add(pipe);
                readers.add(waiting(pipe.read()));
            }
            assertTrue(Thread.activeCount() - before < 10);
            for (int i = 0; i < readers.size(); i += 2) {
                put(pipes.get(i).write());
                assertTrue(readers.get(i).get());
                assertFalse(readers.get(i + 1).isDone());
            }
            for (int i = 1; i < readers.size(); i += 2) {
                pipes.get(i).read().close();
                assertThrows(ExecutionException.class, readers.get(i)::get);
            }
        } finally {
            pipes.forEach(PipeEnds::close);
        }
    }

    @Test
    void aCallbackRunsEachTimeUntilItIsClosed() throws Exception {
        SynchronousQueue<Long> seen = new SynchronousQueue<>();
        try (Descriptor counter = kernel.events().counter()) {
            AutoCloseable handle = poller.onReadable(counter, () -> {
                try {
                    seen.put(kernel.events().take(counter));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 0; i < 3; i++) {
                kernel.events().increment(counter);
                assertEquals(1L, seen.poll(10, TimeUnit.SECONDS));
            }
            handle.close();
        }
    }

    @Test
    void closingThePollerEndsEveryWait() throws Exception {
        try (PipeEnds pipe = kernel.descriptors().pipe()) {
            FutureTask<Boolean> reader = waiting(pipe.read());
            poller.close();
            poller.close();
            assertThrows(ExecutionException.class, reader::get);
        }
    }
}
