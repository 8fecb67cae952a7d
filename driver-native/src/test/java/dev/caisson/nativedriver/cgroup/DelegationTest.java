// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelegationTest {
    private static final String ROOT = "/sys/fs/cgroup";

    private final RecordingKernel kernel = new RecordingKernel();

    private void cgroups(String... paths) {
        for (String path : paths) {
            kernel.files().put(ROOT + path + "/cgroup.procs", "");
        }
    }

    private static CgroupLayout machine(Hierarchy... hierarchies) {
        return new CgroupLayout(List.of(hierarchies), List.of(), false);
    }

    private static Hierarchy unified(String mountPoint, String own) {
        return new Hierarchy(Version.V2, List.of("memory", "pids"), mountPoint, own);
    }

    @Test
    void placesCountFromTheUppermostOneThatWasGiven() {
        cgroups("", "/user.slice", "/user.slice/user@7", "/user.slice/user@7/app", "/user.slice/user@7/app/scope");
        kernel.files().protect(ROOT).protect(ROOT + "/user.slice/cgroup.procs");
        CgroupLayout given = Delegation.of(kernel, machine(unified(ROOT, "/user.slice/user@7/app/scope")));
        assertEquals(List.of(unified(ROOT + "/user.slice/user@7", "/app/scope")), given.hierarchies());
        assertTrue(given.delegated());
    }

    @Test
    void whatIsOthersIsNamed() {
        cgroups("", "/session");
        kernel.files().protect(ROOT + "/session");
        CgroupLayout given = Delegation.of(kernel, machine(unified(ROOT, "/session")));
        assertEquals(List.of(), given.hierarchies());
        assertEquals(List.of("The cgroup /sys/fs/cgroup/session is not delegated to this user"), given.obstacles());
    }

    @Test
    void theWholeTreeMayBeGiven() {
        cgroups("", "/here");
        assertEquals(
                List.of(unified(ROOT, "/here")),
                Delegation.of(kernel, machine(unified(ROOT, "/here"))).hierarchies());
    }

    @Test
    void rulesForDevicesAreNeverGiven() {
        cgroups("/devices/own");
        Hierarchy devices = new Hierarchy(Version.V1, List.of("devices"), ROOT + "/devices", "/own");
        assertEquals(List.of(), Delegation.of(kernel, machine(devices)).hierarchies());
    }
}
