// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Fact;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where a container's cgroup is. */
public interface CgroupBehaviours {
    private static String places(Kit kit, CgroupPlacement placement) throws InterruptedException {
        return kit.answer(kit.command(show(Fact.CGROUPS))
                .namespaces(Namespaces.standard().withCgroup(NamespaceChoice.HOST))
                .cgroup(placement));
    }

    @Test
    @Observes("cgroup(Parent).path")
    default void aCgroupIsMadeBelowAParent(Kit kit) throws Exception {
        try {
            String cgroups = places(kit, new CgroupPlacement.Parent("/caisson-tck-parent"));
            assertTrue(cgroups.contains("/caisson-tck-parent/"), cgroups);
        } finally {
            kit.machine().removeCgroup("/caisson-tck-parent");
        }
    }

    @Test
    @Observes("cgroup(Exact).path")
    default void aCgroupIsMadeAtAPath(Kit kit) throws Exception {
        String path = "/caisson-tck-exact/" + kit.newId();
        try {
            String cgroups = places(kit, new CgroupPlacement.Exact(path));
            assertTrue((cgroups + "|").contains(path + "|"), cgroups);
        } finally {
            kit.machine().removeCgroup("/caisson-tck-exact");
        }
    }

    @Test
    @Needs(value = Feature.CGROUP_SYSTEMD, machine = Facility.SYSTEMD)
    @Observes({"cgroup(Systemd).slice", "cgroup(Systemd).prefix", "cgroup(Systemd).name"})
    default void aScopeIsMadeBySystemd(Kit kit) throws Exception {
        String name = kit.newId().value();
        String cgroups = places(kit, new CgroupPlacement.Systemd("system.slice", "tck", name));
        assertTrue(cgroups.contains("/system.slice/tck-" + name + ".scope"), cgroups);
    }

    @Test
    @Needs(Feature.CGROUP_NAMESPACE)
    @Observes("namespaces.cgroup(Private)")
    default void aContainerSeesItsCgroupAsTheRoot(Kit kit) throws Exception {
        List<String> lines = kit.answers(
                kit.command(show(Fact.CGROUPS), show(Fact.NAMESPACE, "cgroup")).namespaces(Namespaces.standard()));
        assertTrue(Stream.of(lines.get(0).split("\\|")).anyMatch(line -> line.endsWith(":/")), lines::toString);
        assertFalse(lines.get(0).contains("tck-"), lines::toString);
        assertNotEquals(kit.machine().namespace("cgroup"), lines.get(1));
    }

    @Test
    @Observes("namespaces.cgroup(Host)")
    default void aContainerSharesTheHostsCgroupNamespace(Kit kit) throws Exception {
        assertEquals(
                kit.machine().namespace("cgroup"),
                kit.answer(kit.command(show(Fact.NAMESPACE, "cgroup"))
                        .namespaces(Namespaces.standard().withCgroup(NamespaceChoice.HOST))));
    }

    @Test
    @Needs({Feature.CGROUP_NAMESPACE, Feature.MOUNTS})
    @Observes("mounts.kind(Cgroup)")
    default void aContainerReadsItsOwnCgroups(Kit kit) throws Exception {
        String list = kit.answer(kit.command(show(Fact.LIST, "/sys/fs/cgroup"))
                .namespaces(Namespaces.standard())
                .mounts(Defaults.mounts()));
        assertFalse(list.isEmpty(), "the hierarchies of the host at /sys/fs/cgroup");
        String without = kit.answer(kit.command(show(Fact.LIST, "/sys/fs/cgroup"))
                .mounts(Defaults.mounts().stream()
                        .filter(mount -> !(mount.kind() instanceof Mount.Cgroup))
                        .toList()));
        assertEquals("", without);
    }
}
