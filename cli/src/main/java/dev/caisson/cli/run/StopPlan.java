// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.Signal;
import java.time.Duration;
import java.util.Optional;

/**
 * How a container is stopped.
 *
 * @param signal what it gets first
 * @param grace after which it is killed; empty for never
 * @param asked the user has chosen this, so that a SIGTERM to us means it too
 */
record StopPlan(Signal signal, Optional<Duration> grace, boolean asked) {}
