// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupMembershipTest {
    @Test
    void readsAHybridMachine() {
        List<CgroupMembership> lines = CgroupMembership.parse("""
                9:name=systemd:/
                4:memory:/a:b/c
                2:cpu,cpuacct:/../outside
                0::/user.slice
                """);
        assertEquals(new CgroupMembership(9, List.of("name=systemd"), "/"), lines.get(0));
        assertEquals("/a:b/c", lines.get(1).path());
        assertEquals(List.of("cpu", "cpuacct"), lines.get(2).controllers());
        assertTrue(lines.get(3).isUnified());
        assertFalse(lines.get(2).isUnified());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1:memory", "one:memory:/", "1:memory:relative"})
    void refusesGarbage(String line) {
        assertThrows(MalformedFileException.class, () -> CgroupMembership.parse(line));
    }
}
