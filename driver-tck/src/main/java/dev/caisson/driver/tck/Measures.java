// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much the kit takes.
 *
 * @param patience how long something may take that should come at once
 * @param volume how many bytes are put through a stream
 */
record Measures(Duration patience, long volume) {
    /** Seconds of patience. */
    static final String PATIENCE = "caisson.tck.patience";

    /** Bytes of volume. */
    static final String VOLUME = "caisson.tck.volume";

    /** True for 1 GiB of volume. */
    static final String LARGE = "caisson.tck.large";

    private static final long USUAL_VOLUME = 100_000_000;
    private static final long LARGE_VOLUME = 1L << 30;

    static Measures standard() {
        return new Measures(Duration.ofSeconds(20), USUAL_VOLUME);
    }

    /** Returns what the configuration parameters of a test run say; each may be a system property too. */
    static Measures of(Function<String, Optional<String>> parameters) {
        Measures standard = standard();
        Duration patience = parameters
                .apply(PATIENCE)
                .map(seconds -> Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000)))
                .orElse(standard.patience());
        long usual = parameters.apply(LARGE).map(Boolean::parseBoolean).orElse(false) ? LARGE_VOLUME : USUAL_VOLUME;
        return new Measures(
                patience, parameters.apply(VOLUME).map(Long::parseLong).orElse(usual));
    }
}
