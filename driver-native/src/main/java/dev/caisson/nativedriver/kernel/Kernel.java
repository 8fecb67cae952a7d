// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/**
 * What this driver asks of the kernel, one group of calls per kind of object.
 *
 * <p>Implementations are safe for use by many threads. A call holds the thread that makes it (a virtual thread's carrier
 * included) until the kernel answers, so code that may wait for long makes its descriptors non-blocking and parks on
 * {@link dev.caisson.nativedriver.kernel.Poller} instead.
 */
public interface Kernel {
    /** Files, directories and links, by path. */
    FileCalls files();

    /** Reading, writing and duplicating descriptors, and making pipes and memory files. */
    DescriptorCalls descriptors();

    /** Unix sockets and the descriptors sent through them. */
    SocketCalls sockets();

    /** Processes: pidfds, signals, and what the kernel says of our own process. */
    ProcessCalls processes();

    /** Readiness: epoll, eventfd, inotify. */
    EventCalls events();

    /** Programs that decide on devices. */
    ProgramCalls programs();
}
