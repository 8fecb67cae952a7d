// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An interface of a container. */
public sealed interface NetworkInterface extends Checked {
    /** Returns its name in the container, as {@code eth0}. */
    String name();

    /**
     * One end of a veth pair; the other is a port of a bridge of the host.
     *
     * @param name in the container
     * @param bridge of the host; made by the driver if absent
     * @param addresses with prefix, as {@code 10.0.0.2/24} or {@code fd00::2/64}
     * @param gateway of the default route, an address without prefix
     * @param mac as {@code 02:42:ac:11:00:02}; chosen by the kernel if absent
     * @param mtu in bytes
     */
    record Veth(
            String name,
            String bridge,
            List<String> addresses,
            List<String> gateway,
            Optional<String> mac,
            OptionalInt mtu)
            implements NetworkInterface {
        public Veth {
            requireNonNull(name, "name is null");
            requireNonNull(bridge, "bridge is null");
            addresses = List.copyOf(addresses);
            gateway = List.copyOf(gateway);
            requireNonNull(mac, "mac is null");
            requireNonNull(mtu, "mtu is null");
        }

        @Override
        public void check(Checker checker) {
            checkName(checker.at("name"), name);
            checkName(checker.at("bridge"), bridge);
            mtu.ifPresent(value -> checker.at("mtu").range(value, 68, 65535));
            mac.ifPresent(value -> checker.at("mac")
                    .require(
                            value.matches("(?i)([0-9a-f]{2}:){5}[0-9a-f]{2}"),
                            "\"" + value + "\" is no MAC address",
                            "give it as 02:42:ac:11:00:02"));
        }
    }

    /**
     * A device of the host that is moved into the container and back at its end.
     *
     * @param name in the container
     * @param hostName on the host
     */
    record HostDevice(String name, String hostName) implements NetworkInterface {
        public HostDevice {
            requireNonNull(name, "name is null");
            requireNonNull(hostName, "hostName is null");
        }

        @Override
        public void check(Checker checker) {
            checkName(checker.at("name"), name);
            checkName(checker.at("hostName"), hostName);
        }
    }

    private static void checkName(Checker checker, String name) {
        checker.require(
                name.matches("[^\\s/:]{1,15}") && !name.equals(".") && !name.equals(".."),
                "\"" + name + "\" is no interface name",
                "give 1 to 15 characters without spaces, / and :");
    }
}
