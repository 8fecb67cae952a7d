// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.EnvFile;
import dev.caisson.driver.command.ProcessConfig;
import java.util.List;
import java.util.Map;

/** The variables of the process. Its HOME is set by the driver, which knows the user's. */
final class EnvironmentFlags implements FlagGroup {
    private static final Flag ENV = Flag.list(
                    "--env",
                    "KEY[=VALUE]",
                    "A variable; without a value it is taken from our own environment, if it is set there")
            .letter('e');
    private static final Flag ENV_FILE =
            Flag.list("--env-file", "FILE", "A file of variables, one KEY=VALUE or KEY a line; --env has precedence");

    private final Map<String, String> ours;

    EnvironmentFlags(Map<String, String> ours) {
        this.ours = ours;
    }

    @Override
    public FlagSection section() {
        return FlagSection.of("Its environment", ENV, ENV_FILE);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        ProcessConfig.Builder process = draft.process;
        process.env("PATH", ProcessConfig.DEFAULT_PATH);
        draft.hostname.ifPresent(name -> process.env("HOSTNAME", name));
        if (values.on(ProcessFlags.TTY)) {
            process.env("TERM", "xterm");
        }
        values.readAll(ENV_FILE, EnvFile::read).stream().flatMap(List::stream).forEach(line -> set(process, line));
        values.readAll(ENV, EnvironmentFlags::checked).forEach(variable -> set(process, variable));
    }

    private static String checked(String variable) {
        if (variable.isEmpty() || variable.startsWith("=")) {
            throw new BadValueException("names no variable", "give KEY=VALUE or KEY");
        }
        return variable;
    }

    private void set(ProcessConfig.Builder process, String variable) {
        int equals = variable.indexOf('=');
        if (equals > 0) {
            process.env(variable.substring(0, equals), variable.substring(equals + 1));
        } else if (ours.containsKey(variable)) {
            process.env(variable, ours.getOrDefault(variable, ""));
        }
    }
}
