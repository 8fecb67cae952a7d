// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.command.Command;
import java.util.List;

/**
 * What {@code caisson run} was asked to do.
 *
 * @param command the container
 * @param control how it is run
 * @param interactive it gets our standard input
 * @param terminal it gets a terminal
 * @param named its name was chosen, so that others may look for it
 * @param warnings what the user should know before it runs
 */
record RunRequest(
        Command command,
        RunControl control,
        boolean interactive,
        boolean terminal,
        boolean named,
        List<String> warnings) {
    RunRequest {
        warnings = List.copyOf(warnings);
    }
}
