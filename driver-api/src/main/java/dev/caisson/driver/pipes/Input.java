// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.pipes;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.nio.file.Path;

/** Where standard input comes from. */
public sealed interface Input {
    /** The engine's own standard input. */
    record Inherit() implements Input {}

    /** Nothing: end of file at once (/dev/null). */
    record Empty() implements Input {}

    /** A file of the host, read from its start. */
    record FromFile(Path path) implements Input {
        public FromFile {
            requireNonNull(path, "path is null");
        }
    }

    /**
     * A Java stream, read on a virtual thread until its end; then the process sees end of file. A process that ends or
     * closes its input first is no error. The driver doesn't close the stream.
     */
    record FromStream(InputStream stream) implements Input {
        public FromStream {
            requireNonNull(stream, "stream is null");
        }
    }

    /** An open descriptor of the engine's process, handed over as it is; the engine keeps its own. */
    record FromDescriptor(int descriptor) implements Input {}
}
