// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.nio.ByteBuffer;

/**
 * Calls on open descriptors. Buffers must be direct; their position moves by what was transferred.
 *
 * <p>Transfers follow the rule of NIO: a positive count, 0 when a non-blocking descriptor has nothing to give or no room
 * now, and for reads -1 at the end.
 */
public interface DescriptorCalls {
    /** Reads what there is, at most what the buffer takes. */
    int read(Descriptor descriptor, ByteBuffer buffer);

    /** Reads at an offset of a file, leaving its position alone. */
    int readAt(Descriptor descriptor, ByteBuffer buffer, long offset);

    /**
     * Writes what fits.
     *
     * @throws KernelException EPIPE when the reader is gone; no signal is raised (the JVM ignores SIGPIPE)
     */
    int write(Descriptor descriptor, ByteBuffer buffer);

    /** A new pipe; both ends are close-on-exec and blocking. */
    PipeEnds pipe();

    /** Another descriptor of the same open file, close-on-exec. */
    Descriptor duplicate(Descriptor descriptor);

    /** Adopts a number that a peer or a parent gave to this process, making it close-on-exec. */
    Descriptor adopt(int number, String name);

    /** Sets or clears O_NONBLOCK. It belongs to the open file: whoever shares it sees the change. */
    void setNonBlocking(Descriptor descriptor, boolean nonBlocking);

    /**
     * Changes how much a pipe holds.
     *
     * @return the capacity in bytes, which the kernel rounds up
     */
    int setPipeCapacity(Descriptor pipe, int bytes);

    /** An anonymous file in memory with this content, sealed: nobody can change it any more (memfd_create(2)). */
    Descriptor sealedMemory(String name, ByteBuffer content);

    /** The same for a program: it can be executed through its link in {@code /proc}, also where vm.memfd_noexec is 1. */
    Descriptor sealedProgram(String name, ByteBuffer content);

    /** Whether it is a terminal. */
    boolean isTerminal(Descriptor descriptor);

    /** The size of a terminal's window. */
    WindowSize windowSize(Descriptor terminal);

    /** Sets it; the foreground process group gets SIGWINCH. */
    void setWindowSize(Descriptor terminal, WindowSize size);
}
