// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.command.CgroupPlacement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where systemd has a scope's cgroup. */
class ScopeTest {
    @ParameterizedTest
    @CsvSource({
        "'', caisson, a, /system.slice/caisson-a.scope",
        "system.slice, '', a, /system.slice/a.scope",
        "-.slice, p, a, /p-a.scope",
        "user-1000-jobs.slice, p, a, /user.slice/user-1000.slice/user-1000-jobs.slice/p-a.scope"
    })
    void aDashInASliceIsALevel(String slice, String prefix, String name, String path) {
        assertEquals(
                path, Scope.of(new CgroupPlacement.Systemd(slice, prefix, name)).path());
    }
}
