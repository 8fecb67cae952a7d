// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.ExitCodes;
import dev.caisson.cli.Messages;
import dev.caisson.cli.Subcommand;
import dev.caisson.cli.UsageException;
import dev.caisson.cli.bridge.HostNetwork;
import dev.caisson.cli.drivers.DriverChoice;
import dev.caisson.cli.registry.RunEntry;
import dev.caisson.cli.registry.RunRegistry;
import dev.caisson.cli.signal.CaughtSignals;
import dev.caisson.cli.terminal.OwnTerminal;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.LaunchException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code caisson run}. */
public final class RunCommand implements Subcommand {
    private static final List<String> EXAMPLES = List.of(
            "caisson run -- echo hello",
            "caisson run -it -- bash",
            "caisson run --memory 64m --pids-limit 20 --cpus 0.5 --read-only --stats -- make test",
            "caisson run --rootfs /srv/alpine -v /data:/data:ro -e TOKEN -- /bin/app",
            "caisson run --network bridge -p 8080:80 -- python3 -m http.server 80",
            "tar c . | caisson run -i --tmpfs /job:size=1g -w /job --timeout 10m -- sh -c 'tar x && ./build'");

    private static final List<String> NOTES = List.of(
            "There are no images: COMMAND, the first argument that is no option, is a program of the root filesystem.",
            "The exit code is the command's; 128+n if signal n ended it; 124 if --timeout ended it; 125 if caisson failed, 126 if the command can't be executed, 127 if it isn't found.",
            "Signals that caisson gets are passed on to the command, but for SIGQUIT, which a JVM keeps for itself. One that would end any process ends the command too, though as process 1 of its container the kernel would spare it. The third SIGINT or SIGTERM kills the container. Ctrl-Z stops it, fg lets it go on; with --tty the keys go to its own terminal.");

    private final Messages messages;
    private final Map<String, String> environment;
    private final RunRegistry registry;
    private @Nullable OwnTerminal terminal;

    public RunCommand(Messages messages, Map<String, String> environment) {
        this.messages = messages;
        this.environment = environment;
        this.registry = new RunRegistry(base(environment));
    }

    private static Path base(Map<String, String> environment) {
        String chosen = environment.getOrDefault("CAISSON_RUN_DIR", "");
        return chosen.isEmpty() ? DriverContext.runtimeDirectory() : Path.of(chosen);
    }

    @Override
    public CommandPage page() {
        return new CommandPage(
                "run",
                "Run a command in a container",
                "[OPTIONS] [--] COMMAND [ARGUMENT...]",
                reader().sections(),
                EXAMPLES,
                NOTES);
    }

    private RunRequestReader reader() {
        return new RunRequestReader(
                environment,
                () -> ownTerminal().size(),
                SwapAccounting.ofMachine(),
                new Joined(registry::find),
                new HostNetwork());
    }

    /** Made when first needed, since it loads a native library. */
    private synchronized OwnTerminal ownTerminal() {
        if (terminal == null) {
            terminal = new OwnTerminal();
        }
        return terminal;
    }

    @Override
    public Optional<Integer> execute(List<String> arguments) throws InterruptedException {
        CaughtSignals signals = CaughtSignals.begin();
        Optional<RunRequest> request = reader().read(arguments);
        return request.isEmpty() ? Optional.empty() : Optional.of(run(request.get(), signals));
    }

    private int run(RunRequest request, CaughtSignals signals) throws InterruptedException {
        if (request.terminal() && request.interactive() && !ownTerminal().isOnStdin()) {
            throw new UsageException(List.of("the input device is not a TTY; leave --tty out, or --interactive"));
        }
        request.warnings().forEach(messages::say);
        Foreground foreground = new Foreground(request.interactive(), request.terminal(), this::ownTerminal, messages);
        DriverChoice choice =
                new DriverChoice(request.control().driver(), request.control().driverOptions());
        ForegroundRun run = new ForegroundRun(request, signals, foreground, messages);
        run.listen();
        try (RunEntry entry = registry.enter(request.command().id())) {
            DriverContext context = new DriverContext(entry.stateRoot(), DriverContext.Lifetime.TIED);
            return run.run(() -> choice.open(context), process -> entry.started(process.identity()));
        } catch (InvalidCommandException invalid) {
            throw explained(invalid, choice);
        } catch (LaunchException launch) {
            throw launch.exitCode() == ExitCodes.FAILED ? choice.explain(launch) : launch;
        } catch (DriverException failure) {
            throw failure.kind() == ErrorKind.WRONG_STATE ? failure : choice.explain(failure);
        }
    }

    /** What a driver finds wrong with a Command is told as a mistake of the options, unless it can't work here at all. */
    private static RuntimeException explained(InvalidCommandException invalid, DriverChoice choice) {
        DriverException reason = choice.explain(invalid);
        return reason == invalid
                ? new UsageException(
                        invalid.mistakes().stream().map(FieldNames::describe).toList())
                : reason;
    }
}
