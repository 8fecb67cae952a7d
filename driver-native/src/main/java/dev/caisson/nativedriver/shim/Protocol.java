// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

/** The numbers of {@code protocol.h} that are not an enumeration's. */
public final class Protocol {
    /** "CSSN". */
    public static final int MAGIC = 0x4e535343;

    public static final int VERSION = 1;

    /** Most bytes of a packet, its header included. */
    public static final int MESSAGE_MOST = 65536;

    /** Most descriptors beside a packet. */
    public static final int DESCRIPTORS_MOST = 64;

    /** struct msg_header: u32 type, u32 length, u64 tag. */
    public static final int HEADER = 16;

    /** The length that stands for a report file that could not be read. */
    public static final int REPORT_MISSING = -1;

    /** Most bytes of a report file. */
    public static final int REPORT_FILE_MOST = 4096;

    /** The wait status of a process whose shim died before it could see its end. */
    public static final int WAIT_STATUS_LOST = -1;

    /** The tag of messages that are about no process. */
    public static final long NO_TAG = 0;

    private Protocol() {}
}
