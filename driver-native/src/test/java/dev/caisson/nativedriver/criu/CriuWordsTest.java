// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.DriverException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of options, and what is kept beside the images. */
class CriuWordsTest {
    @Test
    void readsPageServers() {
        assertEquals(new PageServer("10.0.0.1", 1234), PageServer.parse("test", "10.0.0.1:1234"));
        assertEquals(new PageServer("fe80::1", 1), PageServer.parse("test", "fe80::1:1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":12", "host:", "host:x", "host:0", "host:65536", "host:-1"})
    void refusesWhatIsNone(String text) {
        assertThrows(DriverException.class, () -> PageServer.parse("test", text));
    }

    @Test
    void readsCgroupModes() {
        assertEquals(CriuCgroupMode.SOFT, CriuCgroupMode.of("test", Optional.empty()));
        assertEquals(CriuCgroupMode.IGNORE, CriuCgroupMode.of("test", Optional.of("ignore")));
        assertThrows(DriverException.class, () -> CriuCgroupMode.of("test", Optional.of("Soft")));
    }

    @Test
    void readsTheRecordThatItWrote(@TempDir Path images) {
        CheckpointRecord record = new CheckpointRecord(
                1000,
                5,
                List.of("", "pipe:[12]", "file[1b:2aca81]"),
                List.of(
                        new OutsideMount("/a b", new OutsideMount.OfCommand()),
                        new OutsideMount("/c", new OutsideMount.OfCgroup(List.of("cpu", "cpuacct"), "/below")),
                        new OutsideMount("/d", new OutsideMount.OfHost("/dev/null"))),
                List.of(new MountPoint("/a b", true), new MountPoint("/d", false)));
        record.write("test", images);
        assertEquals(record, CheckpointRecord.read("test", images));
    }
}
