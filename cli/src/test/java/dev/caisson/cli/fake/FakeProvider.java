// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.fake;

import dev.caisson.driver.Availability;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.StandardErrorCode;
import java.time.Duration;
import java.util.List;

/** Opens {@link FakeDriver}. */
public final class FakeProvider implements DriverProvider {
    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String description() {
        return "Pretends to run what it is given.";
    }

    @Override
    public int priority() {
        return -1000;
    }

    @Override
    public Class<? extends Record> optionsType() {
        return FakeOptions.class;
    }

    @Override
    public Record defaultOptions() {
        return new FakeOptions(false, Duration.ofSeconds(2));
    }

    @Override
    public Availability probe() {
        return new Availability(List.of(), List.of(new Availability.Obstacle("it runs nothing", "use another")));
    }

    @Override
    public Driver open(DriverContext context, Record options) {
        if (((FakeOptions) options).broken()) {
            throw new DriverException(
                    StandardErrorCode.KERNEL_LACKS,
                    "open driver fake",
                    "it was told to be broken",
                    "tell it otherwise");
        }
        return new FakeDriver();
    }
}
