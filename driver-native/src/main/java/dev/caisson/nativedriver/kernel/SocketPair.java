// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** Two sockets connected to each other. */
public record SocketPair(Descriptor first, Descriptor second) implements AutoCloseable {
    /** Closes both. */
    @Override
    public void close() {
        try (first) {
            second.close();
        }
    }
}
