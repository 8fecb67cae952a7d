// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** How a unix socket carries data. */
public enum SocketType {
    STREAM,
    /** Ordered, reliable, with message boundaries. */
    SEQPACKET
}
