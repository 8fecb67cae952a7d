// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that is run at a point of a container's life, with the container's state (OCI runtime-spec, "State") as JSON on
 * its standard input.
 *
 * @param path absolute
 * @param args its argv, the first being its name; empty: the path alone
 * @param env its whole environment
 * @param timeout after which it is killed and counts as failed
 */
public record Hook(Path path, List<String> args, Map<String, String> env, Optional<Duration> timeout)
        implements Checked {
    public Hook {
        requireNonNull(path, "path is null");
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        requireNonNull(timeout, "timeout is null");
    }

    /** Returns a program with its arguments, without environment or time limit. */
    public static Hook of(Path path, String... args) {
        return new Hook(path, List.of(args), Map.of(), Optional.empty());
    }

    @Override
    public void check(Checker checker) {
        checker.at("path")
                .require(path.isAbsolute(), "\"" + path + "\" is not absolute", "give a path that starts with /");
        timeout.ifPresent(
                time -> checker.at("timeout").require(time.isPositive(), time + " is no time", "give more than zero"));
    }
}
