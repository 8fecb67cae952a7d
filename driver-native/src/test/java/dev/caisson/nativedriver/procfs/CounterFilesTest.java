// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.stats.BlockIoStats;
import dev.caisson.driver.stats.InterfaceStats;
import dev.caisson.driver.stats.Pressure;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterFilesTest {
    @Test
    void flatKeyed() {
        assertEquals(
                Map.of("oom_kill_disable", 0L, "under_oom", 1L, "oom_kill", 3L),
                FlatKeyed.parse("oom_kill_disable 0\nunder_oom 1\noom_kill 3\n"));
        assertEquals(Map.of(), FlatKeyed.parse(""));
        assertEquals(Long.MAX_VALUE, FlatKeyed.parse("x 18446744073709551615").get("x"));
    }

    @Test
    void nestedKeyed() {
        assertEquals(
                Map.of("8:0", Map.of("rbytes", "90430464", "wbytes", "0"), "254:1", Map.of()),
                NestedKeyed.parse("8:0 rbytes=90430464 wbytes=0\n254:1 \n"));
    }

    @Test
    void numbersAndLimits() {
        assertEquals(17, Numbers.single("17\n"));
        assertEquals(-1, Numbers.single("-1\n"));
        assertEquals(-1, Numbers.limit("max\n"));
        assertEquals(-1, Numbers.limit("-1\n"));
        assertEquals(-1, Numbers.limit("9223372036854771712\n"));
        assertEquals(67108864, Numbers.limit("67108864\n"));
        assertEquals(0, Numbers.limit("0"));
    }

    @Test
    void blockIo() {
        assertEquals(
                List.of(
                        new BlockIoStats.Entry(8, 0, "Read", 4096),
                        new BlockIoStats.Entry(8, 0, "Total", 4096),
                        new BlockIoStats.Entry(8, 16, "", 7)),
                BlockIoFile.parse("8:0 Read 4096\n8:0 Total 4096\n8:16 7\nTotal 4096\n"));
        assertEquals(List.of(), BlockIoFile.parse("Total 0\n"));
    }

    @Test
    void networkDevices() {
        String header = "Inter-|   Receive        |  Transmit\n face |bytes    packets errs\n";
        assertEquals(
                List.of(
                        new InterfaceStats("lo", 3193, 29, 0, 0, 3193, 29, 0, 0),
                        new InterfaceStats("eth0:1", 1, 2, 3, 4, 9, 10, 11, 12)),
                NetworkDevices.parse(header
                        + "    lo:    3193      29    0    0    0     0          0         0     3193      29    0    0"
                        + "    0     0       0          0\n"
                        + "eth0:1:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"));
        assertEquals(List.of(), NetworkDevices.parse(header));
        assertThrows(MalformedFileException.class, () -> NetworkDevices.parse(header + "lo: 1 2 3\n"));
        assertThrows(MalformedFileException.class, () -> NetworkDevices.parse(header + "nothing\n"));
    }

    @Test
    void pressure() {
        Pressure.Share some = new Pressure.Share(0, 2.79, 5.2, Duration.ofNanos(44_634_597_000L));
        Pressure.Share none = new Pressure.Share(0, 0, 0, Duration.ZERO);
        String line = "some avg10=0.00 avg60=2.79 avg300=5.20 total=44634597\n";
        assertEquals(new Pressure(some, none), PressureFile.parse(line));
        assertEquals(new Pressure(some, some), PressureFile.parse(line + line.replace("some", "full")));
        assertThrows(MalformedFileException.class, () -> PressureFile.parse(""));
        assertThrows(MalformedFileException.class, () -> PressureFile.parse("some avg10=0.00"));
        assertThrows(MalformedFileException.class, () -> PressureFile.parse(line.replace("2.79", "much")));
    }

    @Test
    void systemCpuCountsIdleTimeAndNotGuests() {
        assertEquals(
                Duration.ofMillis(280), SystemCpu.parse("cpu  1 2 3 4 5 6 7 100 200 300\ncpu0 1 2 3 4 5 6 7 8 9 10\n"));
        assertThrows(MalformedFileException.class, () -> SystemCpu.parse("cpu  1 2 3"));
        assertThrows(MalformedFileException.class, () -> SystemCpu.parse("intr 1 2 3 4 5 6 7 8 9"));
    }

    @Test
    void machineMemory() {
        assertEquals(24_683_648L * 1024, MemInfo.total("MemTotal:       24683648 kB\nMemFree:  1 kB\n"));
        assertThrows(MalformedFileException.class, () -> MemInfo.total("MemFree: 1 kB\n"));
        assertThrows(MalformedFileException.class, () -> MemInfo.total("MemTotal: lots\n"));
    }

    @Test
    void numberLists() {
        BitSet expected = new BitSet();
        expected.set(0, 3);
        expected.set(7);
        assertEquals(expected, NumberList.parse("0-2,7\n"));
        assertEquals(new BitSet(), NumberList.parse("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "3-1", "1,,2", "0-", "-1", "0-99999999999"})
    void numberListsRefuseGarbage(String list) {
        assertThrows(MalformedFileException.class, () -> NumberList.parse(list));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "8:0 Read", "8:0 Read much", "8:0 a b 1", "Totally 1", ": 1 2"})
    void counterFilesRefuseGarbage(String line) {
        assertThrows(MalformedFileException.class, () -> BlockIoFile.parse(line));
        assertThrows(MalformedFileException.class, () -> FlatKeyed.parse(" " + line.replace(' ', '_')));
        assertThrows(MalformedFileException.class, () -> NestedKeyed.parse("8:0 " + line.replace('=', ' ')));
    }
}
