// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver;

import dev.caisson.driver.Availability;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.StandardErrorCode;

/** The native driver, found by {@link java.util.ServiceLoader}. */
public final class NativeDriverProvider implements DriverProvider {
    private static final int PRIORITY = 100;

    /** For {@link java.util.ServiceLoader}. */
    public NativeDriverProvider() {}

    @Override
    public String name() {
        return "native";
    }

    @Override
    public String description() {
        return "Caisson's own containers, made with the kernel's namespaces and cgroups; without root in a user namespace.";
    }

    @Override
    public String vendor() {
        return "Caisson";
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Class<? extends Record> optionsType() {
        return NativeOptions.class;
    }

    @Override
    public Record defaultOptions() {
        return NativeOptions.standard();
    }

    @Override
    public Availability probe() {
        return dev.caisson.nativedriver.probe.Probe.run();
    }

    @Override
    public Driver open(DriverContext context, Record options) {
        if (!(options instanceof NativeOptions ours)) {
            throw new DriverException(
                    StandardErrorCode.INVALID_OPTIONS,
                    "open the native driver",
                    "its options are a " + options.getClass().getName(),
                    "give a " + NativeOptions.class.getName());
        }
        return NativeDriver.open(context, ours, version());
    }
}
