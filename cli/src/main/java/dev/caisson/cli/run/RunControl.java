// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a container is run.
 *
 * @param driver by name; empty for the best that works
 * @param driverOptions as text
 * @param timeout after which it is stopped
 * @param stop how it is stopped
 * @param stats whether what it has used is shown at its end
 */
record RunControl(
        Optional<String> driver,
        Map<String, String> driverOptions,
        Optional<Duration> timeout,
        StopPlan stop,
        boolean stats) {
    RunControl {
        driverOptions = new LinkedHashMap<>(driverOptions);
    }
}
