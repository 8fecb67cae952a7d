// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.line;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.DeviceNumber;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.machine.Limit;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Weights and throttles of block devices. */
public interface BlockIoBehaviours {
    private static DeviceNumber device(Kit kit) {
        return kit.machine().blockDevice();
    }

    private static BlockIoLimits weights(int weight, int leafWeight) {
        return new BlockIoLimits(
                weight == 0 ? OptionalInt.empty() : OptionalInt.of(weight),
                leafWeight == 0 ? OptionalInt.empty() : OptionalInt.of(leafWeight),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static BlockIoLimits.ThrottleDevice throttle(Kit kit, long rate) {
        return new BlockIoLimits.ThrottleDevice(device(kit).major(), device(kit).minor(), rate);
    }

    private static BlockIoLimits weightDevice(Kit kit, OptionalInt weight, OptionalInt leafWeight) {
        return new BlockIoLimits(
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(new BlockIoLimits.WeightDevice(
                        device(kit).major(), device(kit).minor(), weight, leafWeight)),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static void assertHolds(String value, String part) {
        assertTrue(("|" + value + "|").contains(part), () -> "\"" + part + "\" in " + value);
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, limits = Limit.BLOCK_WEIGHT)
    @Observes("resources.blockIo.weight")
    default void blockDevicesAreWeighted(Kit kit) throws Exception {
        String value = LimitProbe.read(kit, Limit.BLOCK_WEIGHT, limits -> limits.blockIo(weights(300, 0)));
        // io.weight has the scale 1 to 10000, the others 10 to 1000.
        assertTrue(List.of("300", "default 300", "default 2930").contains(value.split("\\|")[0]), value);
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, limits = Limit.BLOCK_LEAF_WEIGHT)
    @Observes("resources.blockIo.leafWeight")
    default void leavesAreWeighted(Kit kit) throws Exception {
        LimitProbe.assertLimit(kit, Limit.BLOCK_LEAF_WEIGHT, limits -> limits.blockIo(weights(0, 300)), "300", "");
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, toObserve = Facility.BLOCK_DEVICE, limits = Limit.BLOCK_WEIGHT_DEVICE)
    @Observes({
        "resources.blockIo.weightDevices.major",
        "resources.blockIo.weightDevices.minor",
        "resources.blockIo.weightDevices.weight"
    })
    default void oneBlockDeviceIsWeighted(Kit kit) throws Exception {
        String value = LimitProbe.read(
                kit,
                Limit.BLOCK_WEIGHT_DEVICE,
                limits -> limits.blockIo(weightDevice(kit, OptionalInt.of(300), OptionalInt.empty())));
        assertHolds(value, "|" + device(kit) + (value.contains("2930") ? " 2930|" : " 300|"));
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, toObserve = Facility.BLOCK_DEVICE, limits = Limit.BLOCK_LEAF_WEIGHT_DEVICE)
    @Observes("resources.blockIo.weightDevices.leafWeight")
    default void leavesAreWeightedOnOneBlockDevice(Kit kit) throws Exception {
        String value = LimitProbe.read(
                kit,
                Limit.BLOCK_LEAF_WEIGHT_DEVICE,
                limits -> limits.blockIo(weightDevice(kit, OptionalInt.empty(), OptionalInt.of(300))));
        assertHolds(value, "|" + device(kit) + " 300|");
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, toObserve = Facility.BLOCK_DEVICE, limits = Limit.BLOCK_READ_BPS)
    @Observes({"resources.blockIo.readBps.major", "resources.blockIo.readBps.minor", "resources.blockIo.readBps.rate"})
    default void bytesReadAreThrottled(Kit kit) throws Exception {
        BlockIoLimits limit = new BlockIoLimits(
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(throttle(kit, 8_000_000)),
                List.of(),
                List.of(),
                List.of());
        assertThrottle(kit, Limit.BLOCK_READ_BPS, limit, " 8000000", " rbps=8000000");
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, toObserve = Facility.BLOCK_DEVICE, limits = Limit.BLOCK_WRITE_BPS)
    @Observes({"resources.blockIo.writeBps.major", "resources.blockIo.writeBps.minor", "resources.blockIo.writeBps.rate"
    })
    default void bytesWrittenAreThrottled(Kit kit) throws Exception {
        BlockIoLimits limit = new BlockIoLimits(
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                List.of(throttle(kit, 7_000_000)),
                List.of(),
                List.of());
        assertThrottle(kit, Limit.BLOCK_WRITE_BPS, limit, " 7000000", " wbps=7000000");
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, toObserve = Facility.BLOCK_DEVICE, limits = Limit.BLOCK_READ_IOPS)
    @Observes({"resources.blockIo.readIops.major", "resources.blockIo.readIops.minor", "resources.blockIo.readIops.rate"
    })
    default void readsAreThrottled(Kit kit) throws Exception {
        BlockIoLimits limit = new BlockIoLimits(
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(throttle(kit, 600)),
                List.of());
        assertThrottle(kit, Limit.BLOCK_READ_IOPS, limit, " 600", " riops=600");
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, toObserve = Facility.BLOCK_DEVICE, limits = Limit.BLOCK_WRITE_IOPS)
    @Observes({
        "resources.blockIo.writeIops.major",
        "resources.blockIo.writeIops.minor",
        "resources.blockIo.writeIops.rate"
    })
    default void writesAreThrottled(Kit kit) throws Exception {
        BlockIoLimits limit = new BlockIoLimits(
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(throttle(kit, 500)));
        assertThrottle(kit, Limit.BLOCK_WRITE_IOPS, limit, " 500", " wiops=500");
    }

    private static void assertThrottle(Kit kit, Limit limit, BlockIoLimits value, String version1, String version2)
            throws InterruptedException {
        String told = LimitProbe.read(kit, limit, limits -> limits.blockIo(value));
        String part = LimitProbe.expected(kit, limit, version1, version2);
        assertHolds(told, "|" + device(kit));
        assertHolds(told + " ", part + (version1.equals(part) ? "" : " "));
    }

    @Test
    @Needs(value = Feature.LIMIT_BLOCK_IO, toObserve = Facility.BLOCK_DEVICE, limits = Limit.BLOCK_READ_BPS)
    default void aBlockDeviceThatIsNotThereIsRefused(Kit kit) {
        BlockIoLimits limit = new BlockIoLimits(
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(new BlockIoLimits.ThrottleDevice(4000, 77, 1000)),
                List.of(),
                List.of(),
                List.of());
        assertRefused(
                ErrorKind.MACHINE,
                List.of("4000:77"),
                () -> kit.run(kit.command(line("x")).resources(limits -> limits.blockIo(limit))));
    }
}
