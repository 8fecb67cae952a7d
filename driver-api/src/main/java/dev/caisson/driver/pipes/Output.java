// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.pipes;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.nio.file.Path;

/** Where standard output and standard error go. */
public sealed interface Output {
    /** The engine's own stream of the same number. */
    record Inherit() implements Output {}

    /** Nowhere (/dev/null). */
    record Discard() implements Output {}

    /** A file of the host, made with mode 0644 if absent, truncated or appended to. */
    record ToFile(Path path, boolean append) implements Output {
        public ToFile {
            requireNonNull(path, "path is null");
        }
    }

    /**
     * A Java stream, written on a virtual thread of its own and flushed when the process pauses. Every byte that the process wrote before
     * its end arrives before run or exec returns. A stream that blocks slows this process and nothing else. The driver
     * doesn't close the stream.
     */
    record ToStream(OutputStream stream) implements Output {
        public ToStream {
            requireNonNull(stream, "stream is null");
        }
    }

    /** An open descriptor of the engine's process, handed over as it is; the engine keeps its own. */
    record ToDescriptor(int descriptor) implements Output {}

    /** For standard error: the same as standard output, in the order of writing. */
    record SameAsStdout() implements Output {}
}
