// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

/** Told what the shim says of one process. */
interface ReplyHandler {
    /**
     * Called on the connection's reader thread, in the order of the packets: must not block. Owns the descriptors of the
     * reply.
     */
    void on(Reply reply);
}
