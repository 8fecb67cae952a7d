// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Optional;

/**
 * A route of a container.
 *
 * @param destination with prefix, as {@code 10.1.0.0/16}
 * @param gateway an address; empty for a destination on the link
 * @param device an interface of the container; empty to let the kernel choose
 */
public record Route(String destination, Optional<String> gateway, Optional<String> device) implements Checked {
    public Route {
        requireNonNull(destination, "destination is null");
        requireNonNull(gateway, "gateway is null");
        requireNonNull(device, "device is null");
    }

    @Override
    public void check(Checker checker) {
        checker.at("destination")
                .require(
                        destination.matches("[0-9A-Fa-f.:]+/[0-9]{1,3}"),
                        "\"" + destination + "\" is no destination",
                        "give an address with its prefix, as 10.1.0.0/16");
        checker.require(gateway.isPresent() || device.isPresent(), "leads nowhere", "give a gateway or a device");
    }
}
