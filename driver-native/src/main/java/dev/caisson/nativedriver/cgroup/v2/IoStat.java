// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.driver.stats.BlockIoStats;
import dev.caisson.nativedriver.procfs.MalformedFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code io.stat} in the words of {@link BlockIoStats}: bytes and operations are all that cgroup v2 counts. */
final class IoStat {
    private static final String FORMAT = "io.stat";
    private static final Map<String, String> BYTES = Map.of("rbytes", "Read", "wbytes", "Write", "dbytes", "Discard");
    private static final Map<String, String> OPERATIONS = Map.of("rios", "Read", "wios", "Write", "dios", "Discard");

    private IoStat() {}

    static BlockIoStats read(Map<String, Map<String, String>> devices) {
        return new BlockIoStats(
                entries(devices, BYTES),
                entries(devices, OPERATIONS),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static List<BlockIoStats.Entry> entries(
            Map<String, Map<String, String>> devices, Map<String, String> names) {
        List<BlockIoStats.Entry> entries = new ArrayList<>();
        devices.forEach((device, values) -> values.forEach((key, value) -> {
            String operation = names.get(key);
            if (operation != null) {
                entries.add(entry(device, operation, value));
            }
        }));
        return entries;
    }

    private static BlockIoStats.Entry entry(String device, String operation, String value) {
        int colon = device.indexOf(':');
        if (colon < 0) {
            throw new MalformedFileException(FORMAT, device);
        }
        try {
            return new BlockIoStats.Entry(
                    Long.parseLong(device.substring(0, colon)),
                    Long.parseLong(device.substring(colon + 1)),
                    operation,
                    Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new MalformedFileException(FORMAT, device + " " + operation + " " + value);
        }
    }
}
