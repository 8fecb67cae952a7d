// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.net.InetAddress;
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
        Optional<IpPrefix> to = IpPrefix.parse(destination);
        checker.at("destination")
                .require(
                        to.isPresent(),
                        "\"" + destination + "\" is no destination",
                        "give an address with its prefix, as 10.1.0.0/16");
        to.ifPresent(prefix -> checker.at("destination")
                .require(
                        prefix.network().equals(prefix),
                        "\"" + destination + "\" has bits behind its prefix",
                        "give " + prefix.network()));
        gateway.ifPresent(value -> {
            Optional<InetAddress> address = IpPrefix.parseAddress(value);
            checker.at("gateway")
                    .require(
                            address.isPresent(),
                            "\"" + value + "\" is no address",
                            "give an address without prefix, as 10.0.0.1");
            checker.at("gateway")
                    .require(
                            address.isEmpty() || to.isEmpty() || destination.contains(":") == value.contains(":"),
                            "is of another family than the destination",
                            "give both of IPv4, or both of IPv6");
        });
        checker.require(gateway.isPresent() || device.isPresent(), "leads nowhere", "give a gateway or a device");
    }
}
