// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.EventCalls;
import dev.caisson.nativedriver.kernel.InotifyEvent;
import dev.caisson.nativedriver.kernel.Interest;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.kernel.PipeEnds;
import dev.caisson.nativedriver.kernel.Ready;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrEventCallsTest {
    private final Kernel kernel = new JnrKernel();
    private final EventCalls events = kernel.events();

    @Test
    void aCounterCounts() {
        try (Descriptor counter = events.counter()) {
            assertEquals(0, events.take(counter));
            events.increment(counter);
            events.increment(counter);
            assertEquals(2, events.take(counter));
            assertEquals(0, events.take(counter));
        }
    }

    @Test
    void reportsOnceUntilArmedAgain() {
        try (Descriptor epoll = events.epoll();
                PipeEnds pipe = kernel.descriptors().pipe();
                Descriptor bell = events.counter()) {
            events.watch(epoll, pipe.read(), new Interest(true, false), 77);
            kernel.descriptors().write(pipe.write(), ByteBuffer.allocateDirect(1));
            assertEquals(List.of(new Ready(77, true, false)), events.await(epoll, 8));
            events.watch(epoll, bell, new Interest(true, false), 1L << 40);
            events.increment(bell);
            assertEquals(List.of(new Ready(1L << 40, true, false)), events.await(epoll, 8));
            events.rearm(epoll, pipe.read(), new Interest(true, false), 78);
            assertEquals(List.of(new Ready(78, true, false)), events.await(epoll, 8));
            events.forget(epoll, pipe.read().number());
            events.forget(epoll, pipe.read().number());
        }
    }

    @Test
    void aWriterThatLeftMakesAPipeReadable() {
        try (Descriptor epoll = events.epoll();
                PipeEnds pipe = kernel.descriptors().pipe()) {
            events.watch(epoll, pipe.read(), new Interest(true, false), 5);
            pipe.write().close();
            assertEquals(List.of(new Ready(5, true, true)), events.await(epoll, 8));
        }
    }

    @Test
    void aRegularFileCannotBeWatched(@TempDir Path directory) throws IOException {
        Path path = Files.createFile(directory.resolve("f"));
        try (Descriptor epoll = events.epoll();
                Descriptor file = kernel.files().open(path.toString(), OpenFlag.READ)) {
            KernelException e =
                    assertThrows(KernelException.class, () -> events.watch(epoll, file, new Interest(true, false), 1));
            assertTrue(e.is(Errno.EPERM), e.getMessage());
        }
    }

    @Test
    void inotifyTellsChangesAndRemoval(@TempDir Path directory) throws IOException {
        Path path = Files.createFile(directory.resolve("f"));
        try (Descriptor inotify = events.inotify()) {
            int watch = events.watchModification(inotify, path.toString());
            assertEquals(List.of(), events.readEvents(inotify));
            Files.writeString(path, "x");
            assertEquals(
                    new InotifyEvent(watch, false), events.readEvents(inotify).get(0));
            Files.delete(path);
            List<InotifyEvent> removal = events.readEvents(inotify);
            assertTrue(removal.contains(new InotifyEvent(watch, true)), removal.toString());
            assertThrows(KernelException.class, () -> events.watchModification(inotify, path.toString()));
        }
    }
}
