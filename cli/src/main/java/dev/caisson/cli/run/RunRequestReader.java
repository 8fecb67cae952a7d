// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.UsageException;
import dev.caisson.cli.bridge.Attachment;
import dev.caisson.cli.bridge.HostNetwork;
import dev.caisson.cli.flags.FlagParser;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagTable;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.ConsoleSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the command line of {@code caisson run}. */
final class RunRequestReader {
    private final Supplier<Optional<ConsoleSize>> console;
    private final SwapAccounting swap;
    private final List<FlagGroup> groups;

    /**
     * @param environment ours, for --env KEY
     * @param console tells the size of our terminal; asked only with --tty
     * @param swap tells whether swap can be limited
     * @param joined finds the containers that are named
     * @param host tells which networks there are
     */
    RunRequestReader(
            Map<String, String> environment,
            Supplier<Optional<ConsoleSize>> console,
            SwapAccounting swap,
            Joined joined,
            HostNetwork host) {
        this.console = console;
        this.swap = swap;
        this.groups = groups(environment, swap, joined, host);
    }

    /** Groups that look at what others have decided come after these: the network at namespaces, variables at the name. */
    private static List<FlagGroup> groups(
            Map<String, String> environment, SwapAccounting swap, Joined joined, HostNetwork host) {
        return List.of(
                new NameFlags(),
                new ProcessFlags(),
                new FilesystemFlags(),
                new NamespaceFlags(joined),
                new NetworkFlags(joined, host),
                new EnvironmentFlags(environment),
                new MemoryFlags(swap),
                new CpuFlags(),
                new BlockIoFlags(),
                new CgroupFlags(),
                new DeviceFlags(),
                new PrivilegeFlags());
    }

    /** Returns the options, for the help and for completion. */
    List<FlagSection> sections() {
        return Stream.concat(groups.stream().map(FlagGroup::section), Stream.of(ControlFlags.section()))
                .toList();
    }

    /** Returns what was given, or empty if it asks for help. */
    Optional<RunRequest> read(List<String> arguments) {
        FlagValues values = FlagParser.parse(new FlagTable(sections(), DockerOptions.absent()), arguments);
        if (values.on(ControlFlags.HELP)) {
            return Optional.empty();
        }
        Draft draft = new Draft(RandomId.next(), ProcessConfig.builder(program(values)));
        groups.forEach(group -> group.apply(values, draft));
        RunControl control = ControlFlags.read(values);
        if (values.on(ProcessFlags.TTY)) {
            console.get().ifPresent(draft.process::consoleSize);
        }
        return Optional.of(new RunRequest(
                command(values, draft),
                () -> next(draft),
                control,
                values.on(ProcessFlags.INTERACTIVE),
                values.on(ProcessFlags.TTY),
                values.has(NameFlags.NAME),
                warnings(values)));
    }

    /** Returns the same container with another address, unless that was given. */
    private static Optional<Command> next(Draft draft) {
        return draft.attachment.filter(Attachment::next).map(moved -> draft.build());
    }

    private static List<String> program(FlagValues values) {
        Optional<String> entrypoint = values.text(ControlFlags.ENTRYPOINT).filter(text -> !text.isEmpty());
        if (entrypoint.isEmpty() && values.operands().isEmpty()) {
            values.reject("COMMAND", "is missing; give the program to run, such as caisson run -- echo hello");
        }
        return Stream.concat(entrypoint.stream(), values.operands().stream()).toList();
    }

    /** The mistakes that the SPI sees come after those of the options themselves, under the options' names. */
    private static Command command(FlagValues values, Draft draft) {
        List<String> mistakes = new ArrayList<>(values.mistakes());
        try {
            Command command = draft.build();
            if (mistakes.isEmpty()) {
                return command;
            }
        } catch (InvalidCommandException invalid) {
            invalid.mistakes().stream()
                    .filter(mistake -> !(mistake.path().equals("process.args")
                            && values.operands().isEmpty()))
                    .map(FieldNames::describe)
                    .forEach(mistakes::add);
        } catch (DriverException unreadable) {
            mistakes.add(String.valueOf(unreadable.getMessage()));
        }
        throw new UsageException(mistakes);
    }

    private List<String> warnings(FlagValues values) {
        return values.has(MemoryFlags.MEMORY) && swap.escapes()
                ? List.of("warning: this kernel doesn't count swap, so --memory limits memory alone")
                : List.of();
    }
}
