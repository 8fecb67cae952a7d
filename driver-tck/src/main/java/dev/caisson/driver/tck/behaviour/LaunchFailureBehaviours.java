// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.Kit.refusal;
import static dev.caisson.driver.tck.probe.Steps.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.machine.Facility;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Programs that can't be started. */
public interface LaunchFailureBehaviours {
    private static LaunchException failure(Kit kit, ProcessConfig.Builder process) {
        ContainerId id = kit.newId();
        LaunchException failure = assertThrows(LaunchException.class, () -> kit.run(kit.command(id, process)));
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(id));
        assertFalse(failure.phase().isEmpty(), "the phase of the launch is told");
        return failure;
    }

    private static void assertNames(DriverException failure, String name) {
        assertTrue(
                String.valueOf(failure.getMessage()).contains(name),
                () -> "\"" + name + "\" in: " + failure.getMessage());
    }

    @Test
    default void aProgramThatIsNotThereIsRefused(Kit kit) {
        LaunchException failure = failure(kit, ProcessConfig.builder("/no/such/program", "x"));
        assertEquals(StandardErrorCode.COMMAND_NOT_FOUND, failure.code());
        assertEquals(127, failure.exitCode());
        assertEquals(OptionalInt.of(2), failure.errno());
        assertNames(failure, "/no/such/program");
    }

    @Test
    default void aProgramThatIsNotInThePathIsRefused(Kit kit) {
        LaunchException failure =
                failure(kit, ProcessConfig.builder("no-such-program").env("PATH", "/bin:/nowhere"));
        assertEquals(StandardErrorCode.COMMAND_NOT_FOUND, failure.code());
        assertEquals(127, failure.exitCode());
        assertNames(failure, "no-such-program");
    }

    @Test
    default void aProgramThatIsNotExecutableIsRefused(Kit kit) {
        LaunchException failure = failure(kit, ProcessConfig.builder("/etc/passwd"));
        assertEquals(StandardErrorCode.COMMAND_NOT_EXECUTABLE, failure.code());
        assertEquals(126, failure.exitCode());
        assertEquals(OptionalInt.of(13), failure.errno());
        assertNames(failure, "/etc/passwd");
    }

    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    default void aProgramOfNoFormatIsRefused(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Path program = Files.write(root.resolve("bin/garbage"), new byte[] {1, 2, 3, 4});
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        LaunchException failure = assertThrows(
                LaunchException.class,
                () -> kit.run(kit.command(ProcessConfig.builder("/bin/garbage")).rootfs(Rootfs.directory(root))));
        assertEquals(126, failure.exitCode());
        assertNames(failure, "/bin/garbage");
    }

    @Test
    default void argumentsThatAreTooLongAreRefused(Kit kit) {
        assertRefused(
                Set.of(ErrorKind.USER, ErrorKind.LAUNCH),
                List.of(),
                () -> kit.run(kit.command(ProcessConfig.builder("/bin/probe", "line", "x".repeat(200_000)))));
    }

    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    default void aRootThatIsNotThereIsRefused(Kit kit) {
        Path missing = kit.newAbsence("rootfs");
        DriverException failure = refusal(() -> kit.run(kit.command(line("x")).rootfs(Rootfs.directory(missing))));
        assertTrue(List.of(ErrorKind.USER, ErrorKind.LAUNCH).contains(failure.kind()), failure::toString);
        assertNames(failure, missing.toString());
    }

    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    default void aRootThatIsAFileIsRefused(Kit kit) throws Exception {
        Path file = Files.writeString(kit.newDirectory("root").resolve("file"), "x");
        DriverException failure = refusal(() -> kit.run(kit.command(line("x")).rootfs(Rootfs.directory(file))));
        assertTrue(List.of(ErrorKind.USER, ErrorKind.LAUNCH).contains(failure.kind()), failure::toString);
        assertNames(failure, file.toString());
    }

    @Test
    @Needs(value = Feature.ROOTFS_OVERLAY, toObserve = Facility.OVERLAY)
    default void aLayerThatIsNotThereIsRefused(Kit kit) {
        Path missing = kit.newAbsence("layer");
        Rootfs.Overlay overlay = new Rootfs.Overlay(List.of(missing, kit.newRootfs()), Optional.empty(), List.of());
        DriverException failure = refusal(
                () -> kit.run(kit.command(line("x")).rootfs(new Rootfs(overlay, false, Optional.empty(), false))));
        assertNames(failure, missing.toString());
    }

    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    default void aWorkingDirectoryThatIsAFileIsRefused(Kit kit) {
        DriverException failure =
                refusal(() -> kit.run(kit.command(kit.process(line("x")).cwd(ContainerPath.of("/etc/passwd")))
                        .rootfs(Rootfs.directory(kit.newRootfs()))));
        assertNames(failure, "/etc/passwd");
    }

    @Test
    default void aFileForInputThatIsNotThereIsRefused(Kit kit) {
        Path missing = kit.newAbsence("input");
        Pipes pipes =
                new Pipes.Streams(new Input.FromFile(missing), new Output.Discard(), new Output.Discard(), List.of());
        DriverException failure =
                refusal(() -> kit.driver().run(kit.command(line("x")).build(), pipes, StartCallback.NONE));
        assertEquals(ErrorKind.USER, failure.kind());
        assertNames(failure, missing.toString());
    }

    @Test
    default void aFileForOutputThatCantBeMadeIsRefused(Kit kit) {
        Path unwritable = kit.newAbsence("directory").resolve("output");
        Pipes pipes = new Pipes.Streams(
                new Input.Empty(), new Output.ToFile(unwritable, false), new Output.Discard(), List.of());
        DriverException failure =
                refusal(() -> kit.driver().run(kit.command(line("x")).build(), pipes, StartCallback.NONE));
        assertEquals(ErrorKind.USER, failure.kind());
        assertNames(failure, unwritable.toString());
    }

    @Test
    default void aDescriptorThatIsNotOpenIsRefused(Kit kit) {
        Pipes pipes = new Pipes.Streams(
                new Input.FromDescriptor(999_999), new Output.Discard(), new Output.Discard(), List.of());
        DriverException failure =
                refusal(() -> kit.driver().run(kit.command(line("x")).build(), pipes, StartCallback.NONE));
        assertEquals(ErrorKind.USER, failure.kind());
        assertNames(failure, "999999");
    }

    @Test
    @Needs(Feature.SECCOMP)
    default void aSystemCallArchitectureThatIsNoneIsRefused(Kit kit) {
        Seccomp.Profile profile = new Seccomp.Profile(
                Seccomp.Action.ALLOW,
                OptionalInt.empty(),
                List.of("SCMP_ARCH_NOPE"),
                Set.of(),
                Optional.empty(),
                "",
                List.of(new Seccomp.Rule(List.of("mkdir"), Seccomp.Action.ERRNO, OptionalInt.empty(), List.of())));
        assertRefused(
                ErrorKind.USER,
                List.of("SCMP_ARCH_NOPE"),
                () -> kit.run(kit.command(line("x"))
                        .security(new Security(profile, List.of(), List.of(), Optional.empty(), true))));
    }
}
