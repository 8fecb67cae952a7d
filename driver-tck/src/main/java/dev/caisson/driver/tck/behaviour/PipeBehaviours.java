// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.copy;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readDescriptor;
import static dev.caisson.driver.tck.probe.Steps.show;
import static dev.caisson.driver.tck.probe.Steps.showOnErrors;
import static dev.caisson.driver.tck.probe.Steps.writeDescriptor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.OpenFile;
import dev.caisson.driver.tck.Transcript;
import dev.caisson.driver.tck.probe.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Standard streams that are files, devices and descriptors, and further descriptors. */
public interface PipeBehaviours {
    private static Pipes errorsTo(Transcript err, Input stdin, Output stdout) {
        return new Pipes.Streams(stdin, stdout, new Output.ToStream(err), List.of());
    }

    private static void run(Kit kit, Command.Builder command, Pipes pipes) throws InterruptedException {
        assertEquals(0, kit.driver().run(command.build(), pipes, process -> {}).shellCode());
    }

    @Test
    default void nothingButThreeDescriptorsIsOpen(Kit kit) throws Exception {
        assertEquals("0|1|2", kit.answer(kit.command(show(Fact.DESCRIPTORS))));
    }

    @Test
    default void discardedOutputGoesToTheNullDevice(Kit kit) throws Exception {
        Transcript err = kit.transcript();
        run(
                kit,
                kit.command(showOnErrors(Fact.DESCRIPTOR, "1")),
                errorsTo(err, new Input.Empty(), new Output.Discard()));
        assertTrue(err.line().endsWith(";1:3"), () -> "the null device: " + err);
    }

    @Test
    default void absentInputIsTheNullDevice(Kit kit) throws Exception {
        String stdin = kit.answer(kit.command(show(Fact.DESCRIPTOR, "0")));
        assertTrue(stdin.endsWith(";1:3"), () -> "the null device: " + stdin);
    }

    @Test
    default void inheritedStreamsAreTheEnginesOwn(Kit kit) throws Exception {
        Transcript err = kit.transcript();
        run(
                kit,
                kit.command(showOnErrors(Fact.DESCRIPTOR, "0"), showOnErrors(Fact.DESCRIPTOR, "1")),
                errorsTo(err, new Input.Inherit(), new Output.Inherit()));
        assertEquals(kit.machine().descriptor(0), err.line().split(";")[1], "standard input");
        assertEquals(kit.machine().descriptor(1), err.line().split(";")[1], "standard output");
    }

    @Test
    default void inputComesFromAFile(Kit kit) throws Exception {
        Path file = Files.writeString(kit.newDirectory("input").resolve("file"), "of a\nfile");
        Transcript out = kit.transcript();
        run(
                kit,
                kit.command(copy()),
                new Pipes.Streams(
                        new Input.FromFile(file), new Output.ToStream(out), new Output.SameAsStdout(), List.of()));
        assertEquals("of a\nfile", out.toString());
    }

    @Test
    default void outputIsTruncatedIntoAFile(Kit kit) throws Exception {
        Path file = Files.writeString(kit.newDirectory("output").resolve("file"), "longer than what comes");
        run(
                kit,
                kit.command(line("new")),
                new Pipes.Streams(
                        new Input.Empty(), new Output.ToFile(file, false), new Output.SameAsStdout(), List.of()));
        assertEquals("new\n", Files.readString(file));
    }

    @Test
    default void outputIsAppendedToAFile(Kit kit) throws Exception {
        Path file = Files.writeString(kit.newDirectory("output").resolve("file"), "old\n");
        run(
                kit,
                kit.command(line("new")),
                new Pipes.Streams(
                        new Input.Empty(), new Output.ToFile(file, true), new Output.SameAsStdout(), List.of()));
        assertEquals("old\nnew\n", Files.readString(file));
    }

    @Test
    default void aFileForOutputIsMadeReadableForAll(Kit kit) throws Exception {
        Path file = kit.newDirectory("output").resolve("file");
        run(
                kit,
                kit.command(line("new")),
                new Pipes.Streams(
                        new Input.Empty(), new Output.ToFile(file, true), new Output.SameAsStdout(), List.of()));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    default void streamsAreGivenAsDescriptors(Kit kit) throws Exception {
        Path directory = kit.newDirectory("descriptors");
        Path source = Files.writeString(directory.resolve("in"), "through descriptors");
        try (OpenFile in = OpenFile.reading(source);
                OpenFile out = OpenFile.writing(directory.resolve("out"))) {
            run(
                    kit,
                    kit.command(copy()),
                    new Pipes.Streams(
                            new Input.FromDescriptor(in.number()),
                            new Output.ToDescriptor(out.number()),
                            new Output.SameAsStdout(),
                            List.of()));
            out.write("|still open");
        }
        assertEquals("through descriptors|still open", Files.readString(directory.resolve("out")));
    }

    @Test
    default void furtherDescriptorsAreNumberedFromThree(Kit kit) throws Exception {
        Path directory = kit.newDirectory("descriptors");
        Path source = Files.writeString(directory.resolve("in"), "from three");
        Transcript out = kit.transcript();
        try (OpenFile three = OpenFile.reading(source);
                OpenFile four = OpenFile.writing(directory.resolve("out"))) {
            run(
                    kit,
                    kit.command(readDescriptor(3), writeDescriptor(4, "to four")),
                    new Pipes.Streams(
                            new Input.Empty(),
                            new Output.ToStream(out),
                            new Output.SameAsStdout(),
                            List.of(three.number(), four.number())));
        }
        assertEquals("from three", out.toString());
        assertEquals("to four", Files.readString(directory.resolve("out")));
    }
}
