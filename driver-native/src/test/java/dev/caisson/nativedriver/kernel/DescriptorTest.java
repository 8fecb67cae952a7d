// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    private final List<Integer> closed = new ArrayList<>();
    private final Descriptor descriptor = new Descriptor(7, "thing", closed::add);

    @Test
    void closesOnce() {
        descriptor.close();
        descriptor.close();
        assertEquals(List.of(7), closed);
        assertFalse(descriptor.isOpen());
    }

    @Test
    void closingWaitsForTheCallThatUsesTheNumber() {
        assertEquals(7, descriptor.acquire());
        descriptor.close();
        assertEquals(List.of(), closed);
        assertFalse(descriptor.isOpen());
        descriptor.release();
        assertEquals(List.of(7), closed);
    }

    @Test
    void aClosedOneCannotBeUsed() {
        descriptor.close();
        KernelException e = assertThrows(KernelException.class, descriptor::acquire);
        assertTrue(e.is(Errno.EBADF), e.getMessage());
        assertTrue(e.getMessage().contains("thing"), e.getMessage());
    }

    @Test
    void closeActionsRunOnceBeforeTheNumberIsFree() {
        List<String> order = new ArrayList<>();
        Descriptor traced = new Descriptor(3, "x", number -> order.add("free"));
        traced.onClose(() -> order.add("action"));
        traced.close();
        traced.close();
        traced.onClose(() -> order.add("late"));
        assertEquals(List.of("action", "free", "late"), order);
    }

    @Test
    void aBorrowedOneStaysOpen() {
        Descriptor input = Descriptor.borrowed(0, "standard input");
        input.close();
        assertFalse(input.isOpen());
    }

    @Test
    void manyThreadsCloseItOnce() {
        for (int round = 0; round < 200; round++) {
            AtomicInteger frees = new AtomicInteger();
            Descriptor shared = new Descriptor(5, "shared", number -> frees.incrementAndGet());
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 8; i++) {
                    threads.submit(() -> {
                        try {
                            shared.acquire();
                            shared.release();
                        } catch (KernelException e) {
                            assertTrue(e.is(Errno.EBADF));
                        }
                        shared.close();
                    });
                }
            }
            assertEquals(1, frees.get());
        }
    }
}
