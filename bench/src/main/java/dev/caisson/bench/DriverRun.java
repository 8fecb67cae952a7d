// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.Driver;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.pipes.Pipes;
import java.io.IOException;

/** {@link Driver#run}: a whole life, from Command to clean. */
record DriverRun(Driver driver, Containers containers) implements Subject {
    @Override
    public String title() {
        return "driver.run of true";
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
        return Rounds.time(rounds, warmUp, this::once);
    }

    void once() throws IOException, InterruptedException {
        Rounds.expectSuccess(driver.run(containers.of("true"), Pipes.discard(), StartCallback.NONE)
                .shellCode());
    }
}
