// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.DeviceAmount;
import dev.caisson.cli.syntax.Numbers;
import dev.caisson.driver.resources.BlockIoLimits;
import java.util.OptionalInt;

/** Limits of block devices. */
final class BlockIoFlags implements FlagGroup {
    private static final Flag WEIGHT =
            Flag.value("--blkio-weight", "WEIGHT", "Weight against others at block devices, 10 to 1000");
    private static final Flag WEIGHT_DEVICE =
            Flag.list("--blkio-weight-device", "DEVICE:WEIGHT", "The same for one device, as /dev/sda:500");
    private static final Flag READ_BPS =
            Flag.list("--device-read-bps", "DEVICE:RATE", "Most bytes read per second, as /dev/sda:1mb");
    private static final Flag WRITE_BPS =
            Flag.list("--device-write-bps", "DEVICE:RATE", "Most bytes written per second");
    private static final Flag READ_IOPS = Flag.list("--device-read-iops", "DEVICE:RATE", "Most reads per second");
    private static final Flag WRITE_IOPS = Flag.list("--device-write-iops", "DEVICE:RATE", "Most writes per second");

    @Override
    public FlagSection section() {
        return FlagSection.of(
                "Limits of block devices", WEIGHT, WEIGHT_DEVICE, READ_BPS, WRITE_BPS, READ_IOPS, WRITE_IOPS);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        OptionalInt weight = values.read(WEIGHT, text -> (int) Numbers.whole(text, 0, 1000))
                .filter(value -> value != 0)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        draft.resources.blockIo(new BlockIoLimits(
                weight,
                OptionalInt.empty(),
                values.readAll(WEIGHT_DEVICE, DeviceAmount::weight),
                values.readAll(READ_BPS, DeviceAmount::bytes),
                values.readAll(WRITE_BPS, DeviceAmount::bytes),
                values.readAll(READ_IOPS, DeviceAmount::operations),
                values.readAll(WRITE_IOPS, DeviceAmount::operations)));
    }
}
