// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.List;
import java.util.OptionalInt;

/**
 * Limits of block devices.
 *
 * @param weight against others, 10 to 1000
 * @param leafWeight of its own processes against its child cgroups (cgroup v1), 10 to 1000
 * @param weightDevices weights for single devices
 * @param readBps most bytes read per second
 * @param writeBps most bytes written per second
 * @param readIops most reads per second
 * @param writeIops most writes per second
 */
public record BlockIoLimits(
        OptionalInt weight,
        OptionalInt leafWeight,
        List<WeightDevice> weightDevices,
        List<ThrottleDevice> readBps,
        List<ThrottleDevice> writeBps,
        List<ThrottleDevice> readIops,
        List<ThrottleDevice> writeIops)
        implements Checked {
    /**
     * A weight for one device.
     *
     * @param major the device's major number
     * @param minor the device's minor number
     */
    public record WeightDevice(long major, long minor, OptionalInt weight, OptionalInt leafWeight) implements Checked {
        @Override
        public void check(Checker checker) {
            weight.ifPresent(value -> checker.at("weight").range(value, 10, 1000));
            leafWeight.ifPresent(value -> checker.at("leafWeight").range(value, 10, 1000));
        }
    }

    /**
     * A rate for one device.
     *
     * @param rate per second; 0 takes a limit away
     */
    public record ThrottleDevice(long major, long minor, long rate) implements Checked {
        @Override
        public void check(Checker checker) {
            checker.at("rate").require(rate >= 0, rate + " is negative", "give 0 or more");
        }
    }

    public BlockIoLimits {
        requireNonNull(weight, "weight is null");
        requireNonNull(leafWeight, "leafWeight is null");
        weightDevices = List.copyOf(weightDevices);
        readBps = List.copyOf(readBps);
        writeBps = List.copyOf(writeBps);
        readIops = List.copyOf(readIops);
        writeIops = List.copyOf(writeIops);
    }

    /** Returns no limits. */
    public static BlockIoLimits none() {
        return new BlockIoLimits(
                OptionalInt.empty(), OptionalInt.empty(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Returns nothing but a weight. */
    public static BlockIoLimits ofWeight(int weight) {
        return new BlockIoLimits(
                OptionalInt.of(weight), OptionalInt.empty(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    @Override
    public void check(Checker checker) {
        weight.ifPresent(value -> checker.at("weight").range(value, 10, 1000));
        leafWeight.ifPresent(value -> checker.at("leafWeight").range(value, 10, 1000));
        checker.checkAll("weightDevices", weightDevices);
        checker.checkAll("readBps", readBps);
        checker.checkAll("writeBps", writeBps);
        checker.checkAll("readIops", readIops);
        checker.checkAll("writeIops", writeIops);
    }
}
