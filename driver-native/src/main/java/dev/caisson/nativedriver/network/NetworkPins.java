// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.driver.command.Command;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.util.List;

/** Opens what the network of a container rests on: what is there as long as somebody keeps it open. */
@FunctionalInterface
public interface NetworkPins {
    /**
     * Opens it; the caller closes it.
     *
     * @throws dev.caisson.driver.DriverException if that can't be; then nothing is open
     */
    List<Descriptor> open(Command command);
}
