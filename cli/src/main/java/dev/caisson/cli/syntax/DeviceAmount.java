// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.resources.ByteSize;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Reads {@code device:amount}, as --device-read-bps and its kin have it.
 *
 * @param device a block device
 * @param amount what stands after the colon
 */
public record DeviceAmount(HostDevice device, String amount) {
    private static DeviceAmount split(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new BadValueException("is not device:amount", "give both, as /dev/sda:1mb");
        }
        HostDevice device = HostDevice.at(Path.of(text.substring(0, colon)));
        if (device.type() != DeviceNode.Type.BLOCK) {
            throw new BadValueException("names a character device", "give a block device, as /dev/sda");
        }
        return new DeviceAmount(device, text.substring(colon + 1));
    }

    /** Reads {@code /dev/sda:1mb}, bytes per second. */
    public static BlockIoLimits.ThrottleDevice bytes(String text) {
        DeviceAmount given = split(text);
        ByteSize rate = ByteSize.parse(given.amount);
        if (rate.isUnlimited()) {
            throw new BadValueException("has no rate", "give a number of bytes per second, 0 for no limit");
        }
        return given.throttle(rate.bytes());
    }

    /** Reads {@code /dev/sda:1000}, operations per second. */
    public static BlockIoLimits.ThrottleDevice operations(String text) {
        DeviceAmount given = split(text);
        return given.throttle(Numbers.whole(given.amount, 0, 0xffff_ffffL));
    }

    /** Reads {@code /dev/sda:500}, a weight. */
    public static BlockIoLimits.WeightDevice weight(String text) {
        DeviceAmount given = split(text);
        int weight = (int) Numbers.whole(given.amount, 10, 1000);
        return new BlockIoLimits.WeightDevice(
                given.device.major(), given.device.minor(), OptionalInt.of(weight), OptionalInt.empty());
    }

    private BlockIoLimits.ThrottleDevice throttle(long rate) {
        return new BlockIoLimits.ThrottleDevice(device.major(), device.minor(), rate);
    }
}
