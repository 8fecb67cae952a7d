// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ContainerId;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What outlives a driver: its containers, and whether an engine has them. */
record StateRoot(Map<ContainerId, SimulatedContainer> containers, AtomicBoolean taken) {
    StateRoot() {
        this(new ConcurrentSkipListMap<>(), new AtomicBoolean());
    }
}
