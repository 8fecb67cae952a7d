// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.options.DurationText;
import dev.caisson.cli.syntax.KeyValue;
import dev.caisson.cli.syntax.Numbers;
import dev.caisson.driver.Signal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the container is run and ended; nothing of this is in its Command. */
final class ControlFlags {
    static final Flag ENTRYPOINT = Flag.value("--entrypoint", "PROGRAM", "Program that gets COMMAND as its arguments");
    static final Flag HELP = Flag.toggle("--help", "Show this help");
    private static final Flag DRIVER =
            Flag.value("--driver", "NAME", "Driver; default auto, the one of the highest priority that works here");
    private static final Flag DRIVER_OPT =
            Flag.list("--driver-opt", "KEY=VALUE", "An option of the driver; caisson drivers NAME lists them");
    private static final Flag TIMEOUT =
            Flag.value("--timeout", "TIME", "Stop it after this time, such as 90s or 1m30s; the exit code is then 124");
    private static final Flag STOP_SIGNAL = Flag.value(
            "--stop-signal",
            "SIGNAL",
            "What --timeout, and a SIGTERM to caisson, send it first; default KILL, or TERM with --stop-timeout");
    private static final Flag STOP_TIMEOUT =
            Flag.value("--stop-timeout", "SECONDS", "How long it has then until it is killed; default 10, -1 for ever");
    private static final Flag STATS =
            Flag.toggle("--stats", "At the end say on standard error what it has used: time, memory, cpu, io");
    private static final Flag RM = Flag.toggle("--rm", "Remove everything of it at its end; always so");

    private static final int STANDARD_STOP_SECONDS = 10;

    private ControlFlags() {}

    static FlagSection section() {
        return FlagSection.of(
                "How it is run", ENTRYPOINT, TIMEOUT, STOP_SIGNAL, STOP_TIMEOUT, STATS, RM, DRIVER, DRIVER_OPT, HELP);
    }

    static RunControl read(FlagValues values) {
        if (values.has(RM) && !values.on(RM)) {
            values.reject(RM, "is false, but a container of caisson run is removed at its end", "leave it out");
        }
        Map<String, String> options = new LinkedHashMap<>();
        values.readAll(DRIVER_OPT, KeyValue::required).forEach(option -> options.put(option.key(), option.value()));
        return new RunControl(
                values.text(DRIVER).filter(name -> !name.equals("auto")),
                options,
                values.read(TIMEOUT, ControlFlags::time),
                stop(values),
                values.on(STATS));
    }

    private static Duration time(String text) {
        Duration time = DurationText.parse(text);
        if (time.isZero()) {
            throw new BadValueException("is no time to run", "give more than 0");
        }
        return time;
    }

    private static StopPlan stop(FlagValues values) {
        Optional<Long> seconds = values.read(STOP_TIMEOUT, text -> Numbers.whole(text, -1, Integer.MAX_VALUE));
        Optional<Signal> signal = values.read(STOP_SIGNAL, Signal::parse);
        Signal first = signal.orElse(seconds.isPresent() ? Signal.TERM : Signal.KILL);
        long grace = seconds.orElse((long) STANDARD_STOP_SECONDS);
        return new StopPlan(
                first,
                grace < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(grace)),
                signal.isPresent() || seconds.isPresent());
    }
}
