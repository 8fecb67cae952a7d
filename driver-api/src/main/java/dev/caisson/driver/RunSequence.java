// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;

/** {@link Driver#run} over the primitives. */
final class RunSequence {
    private RunSequence() {}

    static ExitStatus run(Driver driver, Command command, Pipes pipes, StartCallback onStart)
            throws InterruptedException {
        Container container = driver.create(command, pipes);
        try {
            container.start();
            onStart.started(container.process());
            ExitStatus status = container.await();
            driver.clean(container.id());
            return status;
        } catch (InterruptedException | RuntimeException | Error failure) {
            remove(driver, container, failure);
            throw failure;
        }
    }

    private static void remove(Driver driver, Container container, Throwable failure) {
        try {
            driver.terminate(container.id());
            driver.clean(container.id());
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }
}
