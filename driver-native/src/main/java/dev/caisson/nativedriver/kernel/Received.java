// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.util.List;

/**
 * What came through a socket.
 *
 * @param bytes how many; 0 when a non-blocking socket has nothing now, -1 when the peer has closed
 * @param descriptors what came beside it; the receiver must close them
 */
public record Received(int bytes, List<Descriptor> descriptors) {
    public Received {
        descriptors = List.copyOf(descriptors);
    }
}
