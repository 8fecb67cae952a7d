// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.plan.Stdio;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Lays the streams of a process as its caller wants them. Thread-safe. */
public final class StreamWiring {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int FIRST_EXTRA = 3;

    /** As shells and Docker make files. */
    private static final int FILE_MODE = 0644;

    private final Kernel kernel;
    private final Pumps pumps;
    private final StreamEnds ends;

    private StreamWiring(Kernel kernel, Pumps pumps, StreamEnds ends) {
        this.kernel = kernel;
        this.pumps = pumps;
        this.ends = ends;
    }

    /** Returns one for processes that don't outlive this engine. */
    public static StreamWiring piped(Kernel kernel, Pumps pumps) {
        return new StreamWiring(kernel, pumps, new PipedEnds(kernel, pumps));
    }

    /** Returns one for containers that do: what isn't a file or descriptor goes through the shim. */
    public static StreamWiring kept(Kernel kernel, Pumps pumps, SpoolNames names) {
        return new StreamWiring(kernel, pumps, new KeptEnds(kernel, pumps, names));
    }

    /**
     * Opens what the streams need. Nothing of the caller's is read or written before the process was started.
     *
     * @param doing what is being done, for messages
     * @param terminal whether the process is to have a terminal
     * @throws DriverException of kind USER if a file can't be opened, or a terminal stands against streams
     */
    public ProcessStreams wire(String doing, Pipes pipes, boolean terminal) {
        ProcessStreams streams = new ProcessStreams(kernel);
        try {
            switch (pipes) {
                case Pipes.Streams three -> {
                    checkTerminal(doing, terminal, false);
                    input(doing, streams, three.stdin());
                    output(doing, streams, STDOUT, three.stdout());
                    output(doing, streams, STDERR, three.stderr());
                    for (int i = 0; i < three.extra().size(); i++) {
                        streams.plan(Stdio.descriptor(
                                FIRST_EXTRA + i, borrowed(doing, three.extra().get(i))));
                    }
                }
                case Pipes.Terminal screen -> {
                    checkTerminal(doing, terminal, true);
                    streams.whenStarted(() -> {
                        Descriptor master = streams.terminal();
                        streams.carries(
                                pumps.input(screen.input(), kernel.descriptors().duplicate(master)));
                        streams.carries(pumps.output(master, screen.output()));
                    });
                }
            }
            return streams;
        } catch (RuntimeException | Error e) {
            streams.close();
            throw e;
        }
    }

    static void checkTerminal(String doing, boolean asked, boolean given) {
        if (asked != given) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    doing,
                    asked
                            ? "its process wants a terminal, but the pipes are three streams"
                            : "the pipes are a terminal, but its process wants none",
                    "set process.terminal and give Pipes.terminal, or neither");
        }
    }

    private void input(String doing, ProcessStreams streams, Input input) {
        switch (input) {
            case Input.Inherit inherit -> streams.plan(Stdio.descriptor(STDIN, borrowed(doing, STDIN)));
            case Input.Empty empty -> streams.plan(Stdio.nothing(STDIN));
            case Input.FromDescriptor from -> streams.plan(Stdio.descriptor(STDIN, borrowed(doing, from.descriptor())));
            case Input.FromFile from -> {
                Descriptor file = open(doing, "standard input", from.path(), OpenFlag.READ);
                streams.plan(Stdio.descriptor(STDIN, streams.forProcess(file)));
            }
            case Input.FromStream from -> ends.input(streams, from.stream());
        }
    }

    private void output(String doing, ProcessStreams streams, int number, Output output) {
        switch (output) {
            case Output.Inherit inherit -> streams.plan(Stdio.descriptor(number, borrowed(doing, number)));
            case Output.Discard discard -> streams.plan(Stdio.nothing(number));
            case Output.SameAsStdout same -> streams.plan(Stdio.sameAsStdout());
            case Output.ToDescriptor to -> streams.plan(Stdio.descriptor(number, borrowed(doing, to.descriptor())));
            case Output.ToFile to -> {
                OpenFlag how = to.append() ? OpenFlag.APPEND : OpenFlag.TRUNCATE;
                String name = number == STDOUT ? "standard output" : "standard error";
                Descriptor file = open(doing, name, to.path(), OpenFlag.WRITE, OpenFlag.CREATE, how);
                streams.plan(Stdio.descriptor(number, streams.forProcess(file)));
            }
            case Output.ToStream to -> ends.output(streams, number, to.stream());
        }
    }

    private static Descriptor borrowed(String doing, int number) {
        if (!Files.exists(Path.of("/proc/self/fd", Integer.toString(number)), LinkOption.NOFOLLOW_LINKS)) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    doing,
                    "descriptor " + number + " is given for it, but this process has none of that number open",
                    "give one that is open, or choose another stream");
        }
        return Descriptor.borrowed(number, "descriptor " + number + " of the caller");
    }

    private Descriptor open(String doing, String stream, Path path, OpenFlag first, OpenFlag... others) {
        try {
            return kernel.files().open(path.toAbsolutePath().toString(), FILE_MODE, first, others);
        } catch (KernelException e) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    doing,
                    "the file " + path + " for its " + stream + " can't be opened: "
                            + e.errno().text(),
                    "give a file that can be opened",
                    e);
        }
    }
}
