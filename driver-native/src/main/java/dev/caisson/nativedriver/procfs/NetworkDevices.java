// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import dev.caisson.driver.stats.InterfaceStats;
import java.util.List;

/** {@code /proc/pid/net/dev} (proc_pid_net(5)): the interfaces of a process's network namespace. */
public final class NetworkDevices {
    private static final String FORMAT = "/proc/pid/net/dev";

    /** Two lines say what the columns are. */
    private static final int HEADER = 2;

    private static final int COLUMNS = 16;

    private NetworkDevices() {}

    /** The interfaces in the order of the file. */
    public static List<InterfaceStats> parse(String content) {
        return content.lines().skip(HEADER).map(NetworkDevices::parseLine).toList();
    }

    private static InterfaceStats parseLine(String line) {
        // The colon may stand right before the first number; a name may have a colon in it (an alias).
        int colon = line.lastIndexOf(':');
        if (colon < 0) {
            throw new MalformedFileException(FORMAT, line);
        }
        String[] words = line.substring(colon + 1).strip().split(" +");
        if (words.length < COLUMNS) {
            throw new MalformedFileException(FORMAT, line);
        }
        long[] numbers = new long[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            numbers[i] = Numbers.parse(FORMAT, line, words[i]);
        }
        return new InterfaceStats(
                line.substring(0, colon).strip(),
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[8],
                numbers[9],
                numbers[10],
                numbers[11]);
    }
}
