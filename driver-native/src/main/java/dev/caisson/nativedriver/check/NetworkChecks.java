// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.network.LinkRights;

/** The network: who may make interfaces here, and which. */
final class NetworkChecks {
    private NetworkChecks() {}

    static void check(Findings findings, Network network, MachineFacts machine, Kernel kernel) {
        for (int i = 0; i < network.interfaces().size(); i++) {
            Findings at = findings.at("interfaces").at(i);
            switch (network.interfaces().get(i)) {
                case NetworkInterface.Veth veth -> checkVeth(at, machine, kernel);
                case NetworkInterface.HostDevice device -> at.unsupported(Feature.NETWORK_DEVICE);
            }
        }
    }

    private static void checkVeth(Findings at, MachineFacts machine, Kernel kernel) {
        if (!machine.has(Capability.NET_ADMIN) || !LinkRights.given(kernel)) {
            at.unsupportedHere(
                    Feature.NETWORK_BRIDGE,
                    "this process may make no interfaces (no CAP_NET_ADMIN over its network namespace)",
                    "run as root, or choose the network none or host");
        }
    }
}
