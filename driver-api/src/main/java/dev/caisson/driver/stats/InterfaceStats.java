// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

/** The counters of a network interface since it was made. */
public record InterfaceStats(
        String name,
        long receivedBytes,
        long receivedPackets,
        long receiveErrors,
        long receiveDropped,
        long sentBytes,
        long sentPackets,
        long sendErrors,
        long sendDropped) {}
