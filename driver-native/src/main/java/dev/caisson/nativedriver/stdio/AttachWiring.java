// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.shim.Reply;

/**
 * Connects Java streams to what the shim keeps of a process that an engine before us had started. Only what that engine had
 * connected to streams of its own was kept; a container's files and descriptors are as it was given them. Thread-safe.
 */
public final class AttachWiring {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final Kernel kernel;
    private final Pumps pumps;
    private final KeptEnds kept;

    public AttachWiring(Kernel kernel, Pumps pumps, SpoolNames names) {
        this.kernel = kernel;
        this.pumps = pumps;
        this.kept = new KeptEnds(kernel, pumps, names);
    }

    /**
     * Connects them; bytes flow once {@link ProcessStreams#started} was called.
     *
     * @param doing what is being done, for messages
     * @param terminal whether the process has one
     * @param spools what was consumed before
     * @throws DriverException of kind USER for pipes that are no streams, or of the other kind than the process has
     */
    public ProcessStreams wire(String doing, Pipes pipes, boolean terminal, Spools spools) {
        ProcessStreams streams = new ProcessStreams(kernel);
        switch (pipes) {
            case Pipes.Streams three -> {
                StreamWiring.checkTerminal(doing, terminal, false);
                input(doing, streams, three.stdin());
                output(doing, streams, STDOUT, three.stdout(), spools.stdoutConsumed());
                output(doing, streams, STDERR, three.stderr(), spools.stderrConsumed());
            }
            case Pipes.Terminal screen -> {
                StreamWiring.checkTerminal(doing, terminal, true);
                streams.whenTaken((process, ends) -> ends.take(Reply.Taken.MASTER)
                        .ifPresent(master -> {
                            streams.terminal(master);
                            streams.carries(pumps.input(
                                    screen.input(), kernel.descriptors().duplicate(master)));
                            streams.carries(pumps.output(master, screen.output()));
                        }));
            }
        }
        return streams;
    }

    private void input(String doing, ProcessStreams streams, Input input) {
        switch (input) {
            case Input.FromStream from ->
                streams.whenTaken((process, ends) -> kept.feed(streams, process, ends, from.stream()));
            case Input.Empty empty -> streams.whenTaken((process, ends) -> process.closeStdin());
            case Input.Inherit other -> throw noStream(doing, "standard input");
            case Input.FromFile other -> throw noStream(doing, "standard input");
            case Input.FromDescriptor other -> throw noStream(doing, "standard input");
        }
    }

    private void output(String doing, ProcessStreams streams, int number, Output output, long consumed) {
        String name = number == STDOUT ? "standard output" : "standard error";
        switch (output) {
            case Output.ToStream to -> kept.follow(streams, number, to.stream(), consumed);
            case Output.Discard discard -> {}
            case Output.SameAsStdout same -> {}
            case Output.Inherit other -> throw noStream(doing, name);
            case Output.ToFile other -> throw noStream(doing, name);
            case Output.ToDescriptor other -> throw noStream(doing, name);
        }
    }

    private static DriverException noStream(String doing, String name) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT,
                doing,
                "its " + name + " can only be connected to a stream once it runs",
                "give a Java stream, or none");
    }
}
