// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Locale;
import java.util.Optional;

/**
 * A port of the host that leads into the container.
 *
 * @param protocol of the port
 * @param hostAddress address of the host; empty for all that it has, loopback's of IPv4 included
 * @param hostPort 1 to 65535; nobody else on the host can have it meanwhile
 * @param containerPort 1 to 65535
 */
public record PublishedPort(Protocol protocol, Optional<String> hostAddress, int hostPort, int containerPort)
        implements Checked {
    private static final int HIGHEST = 65_535;

    /** What ports are of. */
    public enum Protocol {
        TCP,
        UDP
    }

    public PublishedPort {
        requireNonNull(protocol, "protocol is null");
        requireNonNull(hostAddress, "hostAddress is null");
    }

    @Override
    public void check(Checker checker) {
        hostAddress.ifPresent(value -> checker.at("hostAddress")
                .require(
                        IpPrefix.parseAddress(value).isPresent(),
                        "\"" + value + "\" is no address",
                        "give an address of the host, as 127.0.0.1"));
        checker.at("hostPort").range(hostPort, 1, HIGHEST);
        checker.at("containerPort").range(containerPort, 1, HIGHEST);
    }

    @Override
    public String toString() {
        return hostAddress.map(value -> value + ":").orElse("") + hostPort + ":" + containerPort + "/"
                + protocol.name().toLowerCase(Locale.ROOT);
    }
}
