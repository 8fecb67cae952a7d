// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.command.Command;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@code caisson run} was asked to do.
 *
 * @param command the container
 * @param otherwise the same with another address, to be asked for when that of the last one is taken
 * @param control how it is run
 * @param interactive it gets our standard input
 * @param terminal it gets a terminal
 * @param named its name was chosen, so that others may look for it
 * @param warnings what the user should know before it runs
 */
record RunRequest(
        Command command,
        Supplier<Optional<Command>> otherwise,
        RunControl control,
        boolean interactive,
        boolean terminal,
        boolean named,
        List<String> warnings) {
    RunRequest {
        warnings = List.copyOf(warnings);
    }
}
