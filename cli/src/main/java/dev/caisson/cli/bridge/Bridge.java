// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.bridge;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A bridge of the host, and the networks on it.
 *
 * @param name of the interface
 * @param own it is the one that containers get unless they ask for another: made by need, its containers reach the world
 * @param four its network of IPv4
 * @param six its network of IPv6
 */
public record Bridge(String name, boolean own, Optional<IpPrefix> four, Optional<IpPrefix> six) {
    /** The bridge of {@code --network bridge}. */
    public static final String OWN = "caisson0";

    private static final IpPrefix OWN_SIX =
            IpPrefix.parse("fd00:ca15:5044::1/64").orElseThrow();
    private static final int FIRST = 193;
    private static final int LAST = 223;

    /**
     * Returns our own bridge, as it is or as it would be made.
     *
     * @throws BadValueException if there is no network left for it
     */
    public static Bridge own(HostNetwork host) {
        Optional<List<IpPrefix>> there = host.addresses(OWN);
        Optional<IpPrefix> four = there.flatMap(addresses -> first(addresses, false));
        Optional<IpPrefix> six = there.flatMap(addresses -> first(addresses, true));
        return new Bridge(OWN, true, Optional.of(four.orElseGet(() -> free(host))), Optional.of(six.orElse(OWN_SIX)));
    }

    /**
     * Returns a bridge of the user's.
     *
     * @throws BadValueException if there is none of that name
     */
    public static Bridge named(String name, HostNetwork host) {
        if (name.equals(OWN)) {
            return own(host);
        }
        List<IpPrefix> addresses = host.addresses(name)
                .orElseThrow(() -> new BadValueException(
                        "names " + name + ", but there is no such interface",
                        "make that bridge first, or give bridge alone"));
        return new Bridge(name, false, first(addresses, false), first(addresses, true));
    }

    private static Optional<IpPrefix> first(List<IpPrefix> addresses, boolean six) {
        return addresses.stream().filter(address -> address.isSix() == six).findFirst();
    }

    /** The first network of a list that the host doesn't know otherwise. */
    private static IpPrefix free(HostNetwork host) {
        List<IpPrefix> known = host.known();
        return IntStream.rangeClosed(FIRST, LAST)
                .mapToObj(number -> IpPrefix.parse("10." + number + ".0.1/16").orElseThrow())
                .filter(candidate -> known.stream().noneMatch(candidate::overlaps))
                .findFirst()
                .orElseThrow(() -> new BadValueException(
                        "finds no free network from 10." + FIRST + ".0.0/16 to 10." + LAST + ".0.0/16",
                        "make a bridge with an address and give bridge:NAME"));
    }
}
