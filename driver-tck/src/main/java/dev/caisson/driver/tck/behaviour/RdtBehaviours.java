// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.IntelRdt;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Fact;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cache and memory bandwidth. */
public interface RdtBehaviours {
    @Test
    @Needs(value = Feature.LIMIT_RDT, machine = Facility.RESCTRL)
    @Observes({"intelRdt.closId", "intelRdt.monitoring"})
    default void aClassOfServiceIsJoined(Kit kit) throws Exception {
        String name = kit.newId().value();
        String groups =
                kit.answer(kit.command(show(Fact.RESCTRL)).intelRdt(new IntelRdt(Optional.of(name), List.of(), true)));
        assertTrue(groups.contains("res:/" + name), groups);
        assertFalse(groups.endsWith("mon:") || groups.endsWith("mon:/"), groups);
    }

    @Test
    @Needs(
            value = {Feature.LIMIT_RDT, Feature.MOUNTS},
            machine = Facility.RESCTRL)
    @Observes("intelRdt.schemata")
    default void schemataAreWritten(Kit kit) throws Exception {
        String name = kit.newId().value();
        String line = kit.machine().schema();
        String schemata = kit.answer(kit.command(show(Fact.FILE, "/resctrl/" + name + "/schemata"))
                .mount(Mount.bind(Path.of("/sys/fs/resctrl"), ContainerPath.of("/resctrl")))
                .intelRdt(new IntelRdt(Optional.of(name), List.of(line), false)));
        assertTrue(schemata.replace(" ", "").contains(line.replace(" ", "")), schemata);
    }
}
