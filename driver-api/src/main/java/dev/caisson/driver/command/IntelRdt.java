// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.List;
import java.util.Optional;

/**
 * Cache and memory bandwidth of a container (resctrl).
 *
 * @param closId class of service; default the container's id
 * @param schemata lines for its schemata file
 * @param monitoring make a monitoring group
 */
public record IntelRdt(Optional<String> closId, List<String> schemata, boolean monitoring) implements Checked {
    public IntelRdt {
        requireNonNull(closId, "closId is null");
        schemata = List.copyOf(schemata);
    }

    @Override
    public void check(Checker checker) {
        closId.ifPresent(id -> checker.at("closId")
                .require(
                        !id.isEmpty() && id.indexOf('/') < 0 && !id.startsWith("."),
                        "\"" + id + "\" is no class of service",
                        "give a name without /"));
    }
}
