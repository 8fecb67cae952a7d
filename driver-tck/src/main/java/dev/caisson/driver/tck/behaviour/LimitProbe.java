// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.probe.Fact;
import java.util.function.UnaryOperator;

/** Runs a container with limits and returns one as the kernel tells it inside. */
final class LimitProbe {
    private LimitProbe() {}

    /** Returns the value of a limit in a container with those resources. */
    static String read(Kit kit, Limit limit, UnaryOperator<Resources.Builder> change) throws InterruptedException {
        return kit.answer(kit.command(show(Fact.FILE, path(kit, limit))).resources(change));
    }

    /** Fails unless a container with those resources reads these, by the version of cgroups that has the limit. */
    static void assertLimit(
            Kit kit, Limit limit, UnaryOperator<Resources.Builder> change, String version1, String version2)
            throws InterruptedException {
        String value = read(kit, limit, change);
        assertEquals(expected(kit, limit, version1, version2), value, () -> "limit " + limit);
    }

    /** Returns what the version of cgroups that has the limit tells. */
    static String expected(Kit kit, Limit limit, String version1, String version2) {
        return kit.machine().file(limit).unified() ? version2 : version1;
    }

    /** Returns where the limit is read; where the machine lacks it the driver refuses before anyone reads. */
    static String path(Kit kit, Limit limit) {
        return kit.machine().lacks(limit).isPresent()
                ? "/lacking"
                : kit.machine().file(limit).path();
    }
}
