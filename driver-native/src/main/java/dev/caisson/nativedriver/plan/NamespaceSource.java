// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.ContainerId;
import dev.caisson.nativedriver.kernel.Descriptor;

/** Where a plan finds the namespaces of other containers. */
@FunctionalInterface
public interface NamespaceSource {
    /**
     * Opens the init of a running container.
     *
     * @return a pidfd that the caller owns
     * @throws dev.caisson.driver.DriverException {@code NO_SUCH_CONTAINER}, or {@code NOT_RUNNING} if it has ended
     */
    Descriptor open(ContainerId id);
}
