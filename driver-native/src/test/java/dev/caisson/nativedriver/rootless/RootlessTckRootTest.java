// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The conformance kit on the native driver of an ordinary user to whom cgroups are delegated. */
class RootlessTckRootTest {
    private static final int FEWEST_PASSED = 350;

    /** What can't be as the kit has it, and why. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "users are the hosts:", "the host's user namespace is that of the shim",
            "users are mapped:", "the kernel shows maps by the ids of the shim's namespace",
            "processes tell their user:", "users outside are those that are lent to this one",
            "realtime is given:", "real-time time is not delegated",
            "ipc is the hosts:", "the host's message queues are shown where the host has mounted them",
            "Failed to close extension context", "what further users made in the kit's directory is root's to remove");

    @Test
    void asAnOrdinaryUser() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                OrdinaryUser.obstacle().isEmpty(), () -> OrdinaryUser.obstacle().orElseThrow());
        try (OrdinaryUser user = new OrdinaryUser(true);
                DelegatedCgroups cgroups = new DelegatedCgroups(OrdinaryUser.ID)) {
            UserTests kit = UserTests.run(user, cgroups.enter(), OrdinaryUsersKit.class);
            List<String> failed = kit.failed().stream()
                    .filter(line -> OTHERWISE.keySet().stream().noneMatch(line::contains))
                    .toList();
            System.out.println("the kit as an ordinary user: " + kit.passed() + " passed, "
                    + kit.failed().size() + " otherwise, " + kit.skipped() + " skipped");
            assertEquals(List.of(), failed);
            assertTrue(kit.passed() >= FEWEST_PASSED, kit::toString);
        }
    }
}
