// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import dev.caisson.cli.doctor.DoctorCommand;
import dev.caisson.cli.drivers.DriversCommand;
import dev.caisson.cli.help.CompletionCommand;
import dev.caisson.cli.help.HelpPrinter;
import dev.caisson.cli.options.NearestName;
import dev.caisson.cli.run.RunCommand;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.LaunchException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole command: finds the subcommand, carries it out, and tells of failures. */
public final class Caisson {
    private static final List<String> NAMES = List.of("run", "drivers", "doctor", "completion", "version");

    private final Map<String, String> environment;
    private final PrintStream out;
    private final Messages messages;

    /**
     * @param environment ours
     * @param out for what was asked for
     * @param err for everything else
     */
    public Caisson(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.messages = new Messages(err);
    }

    /** Returns the exit code. */
    public int execute(String... arguments) {
        try {
            Utf8Arguments.check(Arrays.asList(arguments));
            return dispatch(Arrays.asList(arguments));
        } catch (UsageException usage) {
            usage.mistakes().forEach(messages::say);
            return ExitCodes.FAILED;
        } catch (LaunchException launch) {
            messages.say(String.valueOf(launch.getMessage()));
            return launch.exitCode();
        } catch (DriverException refused) {
            messages.say(String.valueOf(refused.getMessage()));
            return ExitCodes.FAILED;
        } catch (InterruptedException nobody) {
            messages.say("interrupted");
            return ExitCodes.FAILED;
        } catch (RuntimeException | Error fault) {
            return tell(fault);
        }
    }

    private int tell(Throwable fault) {
        messages.say("internal error: " + fault + "; this is a fault of caisson: set CAISSON_DEBUG=1 to see where");
        if (!environment.getOrDefault("CAISSON_DEBUG", "").isEmpty()) {
            fault.printStackTrace();
        }
        return ExitCodes.FAILED;
    }

    private int dispatch(List<String> arguments) throws InterruptedException {
        String name = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        switch (name) {
            case "" -> {
                messages.say("the command is missing; caisson --help lists them");
                return ExitCodes.FAILED;
            }
            case "--help", "help" -> {
                return help(rest);
            }
            case "--version" -> {
                return carryOut("version", rest);
            }
            default -> {
                return carryOut(name, rest);
            }
        }
    }

    private int carryOut(String name, List<String> arguments) throws InterruptedException {
        Subcommand command = subcommand(name);
        Optional<Integer> code = command.execute(arguments);
        if (code.isPresent()) {
            return code.get();
        }
        out.print(HelpPrinter.of(command.page()));
        return ExitCodes.OK;
    }

    private int help(List<String> names) {
        out.print(
                names.isEmpty()
                        ? HelpPrinter.overview(pages())
                        : HelpPrinter.of(subcommand(names.get(0)).page()));
        return ExitCodes.OK;
    }

    /** Makes only the one that is needed: the others' classes stay unloaded. */
    private Subcommand subcommand(String name) {
        return switch (name) {
            case "run" -> new RunCommand(messages, environment);
            case "drivers" -> new DriversCommand(out);
            case "doctor" -> new DoctorCommand(out);
            case "completion" -> new CompletionCommand(out, this::pages);
            case "version" -> new VersionCommand(out);
            default ->
                throw new UsageException(List.of("there is no command \"" + name + "\"; "
                        + NearestName.of(name, NAMES)
                                .map(nearest -> "did you mean " + nearest + "?")
                                .orElse("caisson --help lists them")));
        };
    }

    private List<CommandPage> pages() {
        return NAMES.stream().map(this::subcommand).map(Subcommand::page).toList();
    }
}
