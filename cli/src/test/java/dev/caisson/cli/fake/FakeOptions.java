// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.fake;

import dev.caisson.driver.Option;
import java.time.Duration;

/** Options of every kind that matters here. */
public record FakeOptions(
        @Option("Pretends to be unable to work here") boolean broken,
        @Option("How long it waits for nothing") Duration stopWait) {}
