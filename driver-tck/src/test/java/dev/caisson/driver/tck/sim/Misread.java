// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.User;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import java.util.List;
import java.util.Optional;

/** What the simulated driver makes of a Command that it reads wrong. */
final class Misread {
    private Misread() {}

    static Command of(Command command, Fault fault) {
        return switch (fault) {
            case Fault.None right -> command;
            case Fault.Ignoring ignoring -> FieldEraser.erase(command, ignoring.path());
            case Fault.Doing doing -> of(command, doing.wrong());
        };
    }

    /** Returns what it makes of a part of a Command that is given alone. */
    static <T> T within(String path, T part, Fault fault) {
        return fault instanceof Fault.Ignoring(String ignored) && ignored.startsWith(path + ".")
                ? FieldEraser.erase(part, ignored.substring(path.length() + 1))
                : part;
    }

    private static Command of(Command command, Wrong wrong) {
        ProcessConfig process = command.process();
        return switch (wrong) {
            case RUNS_AS_NOBODY ->
                process.user().isPresent()
                        ? command
                        : process(command, "user", Optional.of(new User.Ids(65534, 65534)));
            case GIVES_EVERY_CAPABILITY ->
                process.capabilities().isPresent()
                        ? command
                        : process(command, "capabilities", Optional.of(Capabilities.all()));
            case STARTS_IN_TMP ->
                process.cwd().isPresent() ? command : process(command, "cwd", Optional.of(ContainerPath.of("/tmp")));
            case MAKES_NO_DEVICES -> RecordCopy.with(command, "devices", List.of());
            case MOUNTS_NO_KERNEL_FILESYSTEMS ->
                RecordCopy.with(
                        command,
                        "mounts",
                        command.mounts().stream()
                                .filter(mount -> !(mount.kind() instanceof Mount.Filesystem))
                                .toList());
            case TAKES_UNLIMITED_FOR_A_NUMBER -> RecordCopy.with(command, "resources", limited(command.resources()));
            default -> command;
        };
    }

    private static Command process(Command command, String component, Object value) {
        return RecordCopy.with(command, "process", RecordCopy.with(command.process(), component, value));
    }

    private static Resources limited(Resources resources) {
        MemoryLimits memory = resources.memory();
        boolean unlimited = memory.swap().filter(ByteSize::isUnlimited).isPresent();
        return resources.toBuilder()
                .pids(Math.abs(resources.pids().orElse(1000)))
                .cpu(RecordCopy.with(
                        resources.cpu(),
                        "quota",
                        resources.cpu().quota().stream().map(Math::abs).findFirst()))
                .memory(unlimited ? RecordCopy.with(memory, "swap", memory.limit()) : memory)
                .build();
    }
}
