// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;

/** The network: nothing but namespaces so far. */
final class NetworkChecks {
    private NetworkChecks() {}

    static void check(Findings findings, Network network) {
        for (int i = 0; i < network.interfaces().size(); i++) {
            Findings at = findings.at("interfaces").at(i);
            switch (network.interfaces().get(i)) {
                case NetworkInterface.Veth veth -> at.unsupported(Feature.NETWORK_BRIDGE);
                case NetworkInterface.HostDevice device -> at.unsupported(Feature.NETWORK_DEVICE);
            }
        }
        for (int i = 0; i < network.routes().size(); i++) {
            findings.at("routes").at(i).unsupported(Feature.NETWORK_BRIDGE);
        }
    }
}
