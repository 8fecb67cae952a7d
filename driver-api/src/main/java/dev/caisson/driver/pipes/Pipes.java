// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.pipes;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The standard streams of a process. */
public sealed interface Pipes {
    /**
     * Three streams.
     *
     * @param stdin where input comes from
     * @param stdout where output goes; not {@link Output.SameAsStdout}
     * @param stderr where errors go
     * @param extra descriptors of the engine's process that the process gets as 3, 4, ... in this order
     */
    record Streams(Input stdin, Output stdout, Output stderr, List<Integer> extra) implements Pipes {
        public Streams {
            requireNonNull(stdin, "stdin is null");
            requireNonNull(stdout, "stdout is null");
            requireNonNull(stderr, "stderr is null");
            extra = List.copyOf(extra);
            if (stdout instanceof Output.SameAsStdout) {
                throw new IllegalArgumentException("stdout is SameAsStdout; that is for stderr");
            }
        }
    }

    /**
     * A terminal, made inside the container. The process config must ask for one too.
     *
     * @param input what is typed; its end is not passed on (a terminal has none), {@link InputStream#nullInputStream()}
     *     for none
     * @param output what is shown: standard output and error together, as the terminal's line discipline gives it
     */
    record Terminal(InputStream input, OutputStream output) implements Pipes {
        public Terminal {
            requireNonNull(input, "input is null");
            requireNonNull(output, "output is null");
        }
    }

    /** Returns the engine's own three streams. */
    static Pipes inherit() {
        return new Streams(new Input.Inherit(), new Output.Inherit(), new Output.Inherit(), List.of());
    }

    /** Returns no input, and output that goes nowhere. */
    static Pipes discard() {
        return new Streams(new Input.Empty(), new Output.Discard(), new Output.Discard(), List.of());
    }

    /** Returns no input, and output into two Java streams. */
    static Pipes output(OutputStream stdout, OutputStream stderr) {
        return new Streams(new Input.Empty(), new Output.ToStream(stdout), new Output.ToStream(stderr), List.of());
    }

    /** Returns no input, and both outputs, in the order of writing, into one Java stream. */
    static Pipes combined(OutputStream output) {
        return new Streams(new Input.Empty(), new Output.ToStream(output), new Output.SameAsStdout(), List.of());
    }

    /** Returns three Java streams. */
    static Pipes streams(InputStream stdin, OutputStream stdout, OutputStream stderr) {
        return new Streams(
                new Input.FromStream(stdin), new Output.ToStream(stdout), new Output.ToStream(stderr), List.of());
    }

    /** Returns a terminal. */
    static Pipes terminal(InputStream input, OutputStream output) {
        return new Terminal(input, output);
    }
}
