// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The conformance kit on the native driver of an ordinary user, with its features as this user has them. */
class RootlessTckRootTest {
    private static final int FEWEST_PASSED = 300;

    @Test
    void asAnOrdinaryUser() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                OrdinaryUser.obstacle().isEmpty(),
                () -> OrdinaryUser.obstacle().orElseThrow());
        try (OrdinaryUser user = new OrdinaryUser(true)) {
            Process kit = user.start(user.java(KitMain.class));
            List<String> lines;
            try (BufferedReader output = kit.inputReader()) {
                lines = output.lines().toList();
            }
            assertEquals(0, kit.waitFor(), user::toString);
            List<String> failed =
                    lines.stream().filter(line -> line.startsWith("failed ")).toList();
            long passed =
                    lines.stream().filter(line -> line.startsWith("passed ")).count();
            System.out.println("rootless kit: " + passed + " passed, " + failed.size() + " failed, "
                    + (lines.size() - passed - failed.size()) + " skipped");
            assertEquals(List.of(), failed);
            assertTrue(passed >= FEWEST_PASSED, () -> passed + " behaviours passed");
        }
    }
}
