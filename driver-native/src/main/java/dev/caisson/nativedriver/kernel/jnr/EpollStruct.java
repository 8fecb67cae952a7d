// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import dev.caisson.nativedriver.kernel.Interest;
import dev.caisson.nativedriver.kernel.Ready;
import java.nio.ByteBuffer;

/** {@code struct epoll_event} (epoll_ctl(2)): u32 events, u64 data; packed on x86 alone. */
final class EpollStruct {
    private static final int DATA = "amd64".equals(System.getProperty("os.arch")) ? 4 : 8;

    static final int SIZE = DATA + Long.BYTES;

    private static final int EPOLLIN = 0x1;
    private static final int EPOLLOUT = 0x4;
    private static final int EPOLLERR = 0x8;
    private static final int EPOLLHUP = 0x10;
    private static final int EPOLLRDHUP = 0x2000;
    private static final int EPOLLONESHOT = 1 << 30;

    private EpollStruct() {}

    static void write(ByteBuffer memory, int at, Interest interest, long token) {
        int events = EPOLLONESHOT;
        if (interest.readable()) {
            events |= EPOLLIN | EPOLLRDHUP;
        }
        if (interest.writable()) {
            events |= EPOLLOUT;
        }
        memory.putInt(at, events);
        memory.putLong(at + DATA, token);
    }

    static Ready read(ByteBuffer memory, int at) {
        int events = memory.getInt(at);
        boolean broken = (events & (EPOLLERR | EPOLLHUP)) != 0;
        return new Ready(
                memory.getLong(at + DATA),
                broken || (events & (EPOLLIN | EPOLLRDHUP)) != 0,
                broken || (events & EPOLLOUT) != 0);
    }
}
