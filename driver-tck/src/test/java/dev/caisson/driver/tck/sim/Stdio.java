// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.sim.Streams.Sink;
import dev.caisson.driver.tck.sim.Streams.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The standard streams of a simulated process and the threads that carry its bytes to Java streams. */
final class Stdio {
    private static final String NULL_DEVICE = "character special file;0:5;1:3";

    private final SimulatedMachine machine;
    private final Fault fault;
    private final List<Pump> pumps = new ArrayList<>();
    private final Map<Integer, Path> extra = new TreeMap<>();
    private final Source in;
    private final Sink out;
    private final Sink err;
    private final Optional<Tty> tty;

    private Stdio(SimulatedMachine machine, Fault fault, Pipes pipes) throws IOException {
        this.machine = machine;
        this.fault = fault;
        switch (pipes) {
            case Pipes.Terminal terminal -> {
                BoundedPipe typed = new BoundedPipe();
                BoundedPipe shown = new BoundedPipe();
                Tty made = new Tty(typed, shown, fault);
                tty = Optional.of(made);
                in = Streams.fromPipe(typed, "character special file;0:9;88:0");
                out = made;
                err = made;
                pumps.add(Pump.output(shown, terminal.output(), fault, machine.reading()));
                pumps.add(Pump.terminal(made, terminal.input()));
            }
            case Pipes.Streams streams -> {
                tty = Optional.empty();
                in = source(streams.stdin());
                out = sink(streams.stdout(), 1);
                err = streams.stderr() instanceof Output.SameAsStdout ? sameAsOut() : sink(streams.stderr(), 2);
                if (!fault.is(Wrong.GIVES_NO_FURTHER_DESCRIPTORS)) {
                    for (int i = 0; i < streams.extra().size(); i++) {
                        extra.put(
                                3 + i,
                                Path.of("/proc/self/fd/" + streams.extra().get(i)));
                    }
                }
            }
        }
    }

    /** @throws DriverException of kind USER if a file or descriptor can't be had */
    static Stdio open(SimulatedMachine machine, Fault fault, String doing, Pipes pipes) {
        try {
            return new Stdio(machine, fault, pipes);
        } catch (IOException absent) {
            if (fault.is(Wrong.SKIPS_STREAMS_THAT_FAIL)) {
                return open(machine, fault, doing, Pipes.discard());
            }
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    doing,
                    String.valueOf(absent.getMessage()),
                    "name another",
                    absent);
        }
    }

    private Source source(Input input) throws IOException {
        return switch (input) {
            case Input.Inherit inherit -> Streams.empty(inherited(0));
            case Input.Empty empty ->
                fault.is(Wrong.EMPTY_INPUT_HAS_A_BYTE)
                        ? Streams.fromStream(new java.io.ByteArrayInputStream(new byte[1]), NULL_DEVICE)
                        : Streams.empty(fault.is(Wrong.EMPTY_INPUT_IS_A_PIPE) ? "fifo;0:1;0:0" : NULL_DEVICE);
            case Input.FromFile file -> fromFile(file.path());
            case Input.FromStream stream -> {
                BoundedPipe pipe = new BoundedPipe();
                pumps.add(Pump.input(stream.stream(), pipe, fault));
                yield Streams.fromPipe(pipe, "fifo;0:" + machine.nextNumber() + ";0:0");
            }
            case Input.FromDescriptor descriptor -> fromFile(Path.of("/proc/self/fd/" + descriptor.descriptor()));
        };
    }

    private String inherited(int number) {
        return "fifo;" + (fault.is(Wrong.INHERITS_A_COPY) ? "0:1" : machine.descriptor(number)) + ";0:0";
    }

    private Source fromFile(Path path) throws IOException {
        InputStream stream = Files.newInputStream(path);
        if (fault.is(Wrong.READS_FILES_FROM_THE_MIDDLE)) {
            stream.skipNBytes(2);
        }
        return Streams.fromStream(stream, "regular file;0:2;0:0");
    }

    private Sink sink(Output output, int number) throws IOException {
        return switch (output) {
            case Output.Inherit inherit -> Streams.nowhere(inherited(number));
            case Output.Discard discard ->
                Streams.nowhere(fault.is(Wrong.DISCARDS_INTO_A_FILE) ? "regular file;0:3;0:0" : NULL_DEVICE);
            case Output.ToFile file -> Streams.toStream(toFile(file));
            case Output.ToStream stream -> toPipe(stream.stream());
            case Output.ToDescriptor descriptor -> {
                OutputStream stream = Files.newOutputStream(
                        Path.of("/proc/self/fd/" + descriptor.descriptor()), StandardOpenOption.APPEND);
                yield Streams.toStream(
                        fault.is(Wrong.DROPS_WHAT_GOES_TO_DESCRIPTORS) ? OutputStream.nullOutputStream() : stream);
            }
            case Output.SameAsStdout same -> sameAsOut();
        };
    }

    private OutputStream toFile(Output.ToFile file) throws IOException {
        boolean append = fault.is(Wrong.ALWAYS_APPENDS) || (file.append() && !fault.is(Wrong.ALWAYS_TRUNCATES));
        boolean fresh = !Files.exists(file.path());
        OutputStream stream = Files.newOutputStream(
                file.path(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        if (fresh) {
            Files.setPosixFilePermissions(
                    file.path(),
                    PosixFilePermissions.fromString(fault.is(Wrong.MAKES_FILES_PRIVATE) ? "rw-------" : "rw-r--r--"));
        }
        return stream;
    }

    private Sink toPipe(OutputStream stream) {
        BoundedPipe pipe = new BoundedPipe();
        pumps.add(Pump.output(pipe, stream, fault, machine.reading()));
        return Streams.toPipe(pipe, "fifo;0:" + machine.nextNumber() + ";0:0");
    }

    /** With the fault the errors come after everything else. */
    private Sink sameAsOut() {
        return fault.is(Wrong.SHOWS_ERRORS_LAST) ? Streams.held(out) : out;
    }

    Source in() {
        return in;
    }

    Sink out() {
        return fault.is(Wrong.MIXES_OUTPUT_AND_ERRORS) ? err : out;
    }

    Sink err() {
        return err;
    }

    Optional<Tty> tty() {
        return tty;
    }

    Map<Integer, Path> extra() {
        return extra;
    }

    /** Connects the streams of another engine instead: for what was written and not read yet, and from now on. */
    void attach(Pipes pipes) {
        Pipes.Streams streams = (Pipes.Streams) pipes;
        reattach(out, streams.stdout());
        reattach(err, streams.stderr());
        if (streams.stdin() instanceof Input.FromStream stream) {
            in.pipe().ifPresent(pipe -> pumps.add(Pump.input(stream.stream(), pipe, fault)));
        }
        start();
    }

    private void reattach(Sink sink, Output output) {
        if (output instanceof Output.ToStream stream) {
            sink.pipe().ifPresent(pipe -> pumps.add(Pump.output(pipe, stream.stream(), fault, machine.reading())));
        }
    }

    void start() {
        pumps.forEach(Pump::start);
    }

    /** Stops carrying bytes; what is under way stays in the pipes. */
    void detach() {
        pumps.forEach(Pump::stop);
        pumps.clear();
    }

    /** Called when the process has ended: waits until everything that it wrote was taken. */
    @Nullable Throwable drain() throws InterruptedException {
        in.close();
        out.close();
        err.close();
        Throwable failure = null;
        for (Pump pump : List.copyOf(pumps)) {
            Throwable one = pump.finish();
            failure = failure == null ? one : failure;
        }
        return failure;
    }
}
