// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import java.nio.ByteBuffer;

/**
 * {@code struct msghdr} with one {@code iovec} and, as control data, descriptors (sendmsg(2), cmsg(3), unix(7)); the
 * layout of 64-bit Linux.
 */
final class Ancillary {
    static final int MSG_CTRUNC = 0x8;
    static final int MSG_TRUNC = 0x20;

    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    private static final int MSGHDR = 56;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_CONTROL = 32;
    private static final int MSG_CONTROLLEN = 40;
    private static final int MSG_FLAGS = 48;
    private static final int IOVEC = 16;
    private static final int CMSGHDR = 16;
    private static final int CMSG_LEVEL = 8;
    private static final int CMSG_TYPE = 12;

    private final Scratch scratch;
    private final ByteBuffer memory;
    private final int header;
    private final int control;

    /** Lays the structures out for a message at an address, with room for so many descriptors. */
    Ancillary(Scratch scratch, long message, int length, int descriptors) {
        this.scratch = scratch;
        memory = scratch.buffer();
        header = scratch.reserve(MSGHDR);
        int vector = scratch.reserve(IOVEC);
        memory.putLong(vector, message);
        memory.putLong(vector + Long.BYTES, length);
        memory.putLong(header + MSG_IOV, scratch.address(vector));
        memory.putLong(header + MSG_IOVLEN, 1);
        int space = descriptors == 0 ? 0 : align(CMSGHDR + descriptors * Integer.BYTES);
        control = scratch.reserve(space);
        if (space > 0) {
            memory.putLong(header + MSG_CONTROL, scratch.address(control));
            memory.putLong(header + MSG_CONTROLLEN, space);
        }
    }

    /** Where the header is. */
    long address() {
        return scratch.address(header);
    }

    /** Puts the descriptors of a message to be sent in. */
    void put(int[] numbers) {
        if (numbers.length == 0) {
            return;
        }
        memory.putLong(control, CMSGHDR + (long) numbers.length * Integer.BYTES);
        memory.putInt(control + CMSG_LEVEL, SOL_SOCKET);
        memory.putInt(control + CMSG_TYPE, SCM_RIGHTS);
        for (int i = 0; i < numbers.length; i++) {
            memory.putInt(control + CMSGHDR + i * Integer.BYTES, numbers[i]);
        }
    }

    /** The descriptors that came. Only SCM_RIGHTS can come, since no other socket option is switched on. */
    int[] descriptors() {
        long length = memory.getLong(header + MSG_CONTROLLEN);
        if (length < CMSGHDR || memory.getInt(control + CMSG_TYPE) != SCM_RIGHTS) {
            return new int[0];
        }
        int[] numbers = new int[(int) (memory.getLong(control) - CMSGHDR) / Integer.BYTES];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = memory.getInt(control + CMSGHDR + i * Integer.BYTES);
        }
        return numbers;
    }

    /** Whether the kernel had to throw part of the message or of its descriptors away. */
    boolean truncated() {
        return (memory.getInt(header + MSG_FLAGS) & (MSG_TRUNC | MSG_CTRUNC)) != 0;
    }

    private static int align(int length) {
        return (length + Long.BYTES - 1) & -Long.BYTES;
    }
}
