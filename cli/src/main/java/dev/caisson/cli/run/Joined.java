// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.command.NamespaceChoice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Finds the namespaces of containers that other {@code caisson run}s hold: each has a driver of its own, which knows its own
 * containers only, so that they are joined by the path of their init's.
 *
 * @param running the init of a running container
 */
record Joined(Function<ContainerId, Optional<ProcessIdentity>> running) {
    /**
     * Returns the choice with a path in the place of a name.
     *
     * @param kind the name below /proc/pid/ns
     * @param reject told problem and remedy if there is no such container
     */
    NamespaceChoice resolve(NamespaceChoice choice, String kind, BiConsumer<String, String> reject) {
        if (!(choice instanceof NamespaceChoice.OfContainer other)) {
            return choice;
        }
        Optional<ProcessIdentity> init = running.apply(other.id());
        if (init.isEmpty()) {
            reject.accept(
                    "container \"" + other.id() + "\" is not running",
                    "start one with caisson run --name " + other.id());
            return NamespaceChoice.PRIVATE;
        }
        return new NamespaceChoice.AtPath(Path.of("/proc/" + init.get().pid() + "/ns/" + kind));
    }
}
