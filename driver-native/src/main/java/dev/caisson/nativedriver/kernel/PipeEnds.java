// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** The two ends of a pipe. */
public record PipeEnds(Descriptor read, Descriptor write) implements AutoCloseable {
    /** Closes both. */
    @Override
    public void close() {
        try (read) {
            write.close();
        }
    }
}
