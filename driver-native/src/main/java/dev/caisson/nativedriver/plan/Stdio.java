// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one descriptor of a process is. A process with a terminal has none of these for 0, 1 and 2.
 *
 * @param stream its number in the process: 0, 1, 2, or 3 and above for a further one that it is given
 * @param kind where it leads
 * @param descriptor for {@link Kind#FD}: our end of the same open file; the plan doesn't close it
 * @param spool for {@link Kind#SPOOL}: the file to which the shim appends
 */
public record Stdio(int stream, Kind kind, Optional<Descriptor> descriptor, Optional<Path> spool) {
    private static final int STDERR = 2;

    /** Where a stream leads: {@code enum stdio_kind} of plan.h. */
    public enum Kind {
        /** To /dev/null. */
        NULL(0),
        /** To the descriptor given. */
        FD(1),
        /** Lasting mode, output: to a file, by way of the shim. */
        SPOOL(2),
        /** Lasting mode, input: to a pipe whose other end the shim keeps. */
        KEPT(3),
        /** Standard error: where standard output leads. */
        SAME(4);

        private final int value;

        Kind(int value) {
            this.value = value;
        }

        /** The number of plan.h. */
        public int value() {
            return value;
        }
    }

    public Stdio {
        if (stream < 0
                || (stream > STDERR && kind != Kind.FD)
                || (kind == Kind.SAME && stream != STDERR)
                || (kind == Kind.FD) != descriptor.isPresent()
                || (kind == Kind.SPOOL) != spool.isPresent()) {
            throw new IllegalArgumentException("stream " + stream + " can't be " + kind + " of " + descriptor + spool);
        }
    }

    /** Nothing to read, and writing goes nowhere. */
    public static Stdio nothing(int stream) {
        return new Stdio(stream, Kind.NULL, Optional.empty(), Optional.empty());
    }

    /** An open file of ours, which stays ours. */
    public static Stdio descriptor(int stream, Descriptor descriptor) {
        return new Stdio(stream, Kind.FD, Optional.of(descriptor), Optional.empty());
    }

    /** Output that the shim appends to a file, so that none is lost while no engine is there. */
    public static Stdio spool(int stream, Path file) {
        return new Stdio(stream, Kind.SPOOL, Optional.empty(), Optional.of(file));
    }

    /** Standard input through a pipe whose other end the shim keeps and hands out. */
    public static Stdio kept() {
        return new Stdio(0, Kind.KEPT, Optional.empty(), Optional.empty());
    }

    /** Standard error to where standard output goes. */
    public static Stdio sameAsStdout() {
        return new Stdio(STDERR, Kind.SAME, Optional.empty(), Optional.empty());
    }
}
