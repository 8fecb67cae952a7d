// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** AppArmor, SELinux and keyrings. */
public interface LabelBehaviours {
    @Test
    @Needs(value = Feature.APPARMOR, machine = Facility.APPARMOR)
    @Observes("process.apparmorProfile")
    default void anAppArmorProfileIsPutOn(Kit kit) throws Exception {
        // To be unconfined needs no AppArmor: only another profile is refused for want of it.
        String profile = kit.machine().lacks(Facility.APPARMOR).isPresent() || !kit.has(Feature.APPARMOR)
                ? "a-profile"
                : "unconfined";
        assertEquals(
                profile,
                kit.answer(kit.command(
                        kit.process(show(Fact.SECURITY_LABEL, "current")).apparmorProfile(profile))));
    }

    @Test
    @Needs(value = Feature.SELINUX, machine = Facility.SELINUX)
    @Observes("process.selinuxLabel")
    default void anSelinuxLabelIsPutOn(Kit kit) throws Exception {
        String label = "system_u:system_r:container_t:s0:c1,c2";
        assertEquals(
                label,
                kit.answer(kit.command(
                        kit.process(show(Fact.SECURITY_LABEL, "current")).selinuxLabel(label))));
    }

    @Test
    @Needs(
            value = {Feature.SELINUX, Feature.MOUNTS},
            machine = Facility.SELINUX)
    @Observes("security.mountLabel")
    default void filesystemsAreLabelled(Kit kit) throws Exception {
        String label = "system_u:object_r:container_file_t:s0:c1,c2";
        String mount = kit.answer(kit.command(show(Fact.MOUNT, "/dev"))
                .security(new Security(Seccomp.UNCONFINED, List.of(), List.of(), Optional.of(label), true)));
        assertTrue(mount.contains("context=\"" + label + "\""), mount);
    }

    @Test
    @Needs(toObserve = Facility.KEYRINGS)
    @Observes("security.newKeyring")
    default void aSessionKeyringIsItsOwn(Kit kit) throws Exception {
        Set<String> before = kit.machine().keyrings();
        assertFalse(before.containsAll(sessions(kit, true)), () -> "a keyring that wasn't among " + before);
        Set<String> unknown = unknown(kit);
        for (int again = 0; again < 4 && !unknown.isEmpty(); again++) {
            unknown = unknown(kit);
        }
        assertEquals(Set.of(), unknown, "keyrings that the engine does not see, each time");
    }

    /** Others on the machine make keyrings too, and one that comes and goes meanwhile is seen by the container alone. */
    private static Set<String> unknown(Kit kit) throws InterruptedException {
        Set<String> known = new TreeSet<>(kit.machine().keyrings());
        Set<String> unknown = new TreeSet<>(sessions(kit, false));
        known.addAll(kit.machine().keyrings());
        unknown.removeAll(known);
        return unknown;
    }

    /** Keyrings of the user, whose names begin with _uid or ., are the same everywhere. */
    private static Set<String> sessions(Kit kit, boolean own) throws InterruptedException {
        String keyrings = kit.answer(kit.command(show(Fact.KEYRINGS))
                .security(new Security(Seccomp.UNCONFINED, List.of(), List.of(), Optional.empty(), own)));
        return Stream.of(keyrings.split("\\|"))
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 1 && !fields[1].startsWith("_uid") && !fields[1].startsWith("."))
                .map(fields -> fields[0])
                .collect(Collectors.toSet());
    }
}
