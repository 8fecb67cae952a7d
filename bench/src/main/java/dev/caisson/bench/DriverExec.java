// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.Container;
import dev.caisson.driver.Driver;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.Pipes;
import java.io.IOException;

/** {@link Driver#exec} in a container that runs. */
record DriverExec(Driver driver, Containers containers) implements Subject {
    @Override
    public String title() {
        return "driver.exec of true";
    }

    @Override
    public String version() {
        return driver.name();
    }

    @Override
    public int warmUp() {
        return 2000;
    }

    @Override
    public Sample time(int rounds, int warmUp) throws IOException, InterruptedException {
        Container container = driver.create(containers.of("sleep", "1000000"), Pipes.discard());
        try {
            container.start();
            return Rounds.time(
                    rounds,
                    warmUp,
                    () -> Rounds.expectSuccess(driver.exec(
                                    container.id(),
                                    ProcessConfig.builder("true").build(),
                                    Pipes.discard(),
                                    StartCallback.NONE)
                            .shellCode()));
        } finally {
            driver.terminate(container.id());
            driver.clean(container.id());
        }
    }
}
