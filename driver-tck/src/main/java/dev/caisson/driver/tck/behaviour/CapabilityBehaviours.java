// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caisson.driver.Feature;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.User;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Capabilities and no_new_privs. */
public interface CapabilityBehaviours {
    private static List<String> sets(Kit kit, ProcessConfig.Builder process) throws InterruptedException {
        return kit.answers(kit.command(process));
    }

    private static Step[] all() {
        return Stream.of("CapBnd", "CapEff", "CapPrm", "CapInh", "CapAmb")
                .map(set -> show(Fact.STATUS, set))
                .toArray(Step[]::new);
    }

    private static String mask(Capability... capabilities) {
        return CapabilityText.mask(List.of(capabilities));
    }

    @Test
    default void capabilitiesAreDockersByDefault(Kit kit) throws Exception {
        assumeTrue(
                kit.has(Feature.CAPABILITIES),
                "what a driver that gives none by name gives by default is its own affair");
        String standard = CapabilityText.mask(Capabilities.standard().bounding());
        String none = mask();
        assertEquals(List.of(standard, standard, standard, none, none), sets(kit, kit.process(all())));
    }

    @Test
    @Needs(Feature.CAPABILITIES)
    @Observes({
        "process.capabilities.bounding",
        "process.capabilities.permitted",
        "process.capabilities.inheritable",
        "process.capabilities.ambient"
    })
    default void allFiveCapabilitySetsAreSet(Kit kit) throws Exception {
        Capabilities capabilities = new Capabilities(
                Set.of(Capability.CHOWN, Capability.KILL, Capability.SETUID, Capability.NET_RAW),
                Set.of(Capability.CHOWN),
                Set.of(Capability.CHOWN, Capability.KILL),
                Set.of(Capability.KILL, Capability.NET_RAW),
                Set.of(Capability.KILL));
        // By the rules of execve(2) what is ambient becomes effective; a user that isn't root keeps nothing else.
        assertEquals(
                List.of(
                        mask(Capability.CHOWN, Capability.KILL, Capability.SETUID, Capability.NET_RAW),
                        mask(Capability.KILL),
                        mask(Capability.KILL),
                        mask(Capability.KILL, Capability.NET_RAW),
                        mask(Capability.KILL)),
                sets(kit, kit.process(all()).user(new User.Ids(1001, 1001)).capabilities(capabilities)));
        assertEquals(
                List.of(mask(Capability.KILL), mask(Capability.KILL)),
                sets(
                        kit,
                        kit.process(show(Fact.STATUS, "CapBnd"), show(Fact.STATUS, "CapEff"))
                                .capabilities(Capabilities.of(Set.of(Capability.KILL)))));
    }

    @Test
    @Needs(Feature.CAPABILITIES)
    @Observes("process.capabilities.bounding")
    default void nothingIsPermittedWithoutCapabilities(Kit kit) throws Exception {
        List<String> lines = sets(
                kit,
                kit.process(
                                show(Fact.STATUS, "CapBnd"),
                                show(Fact.STATUS, "CapEff"),
                                attempt(Deed.CHANGE_OWNER, "/tmp", "5"))
                        .capabilities(Capabilities.none()));
        assertEquals(List.of(mask(), mask()), lines.subList(0, 2));
        assertTrue(lines.get(2).contains("Operation not permitted"), lines::toString);
    }

    /** What is effective before execve(2) counts at it alone: when the program is looked for. */
    @Test
    @Needs({Feature.CAPABILITIES, Feature.ROOTFS_DIRECTORY})
    @Observes("process.capabilities.effective")
    default void whatIsEffectiveCountsWhenTheProgramIsLookedFor(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Path closed = Files.createDirectory(root.resolve("closed"));
        Files.copy(root.resolve("bin/busybox"), closed.resolve("busybox"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        kit.machine().own(closed, 1234, 1234);
        kit.run(inClosed(root, kit, Set.of(Capability.DAC_OVERRIDE))).ended(0);
        LaunchException refused = assertThrows(LaunchException.class, () -> kit.run(inClosed(root, kit, Set.of())));
        assertEquals(OptionalInt.of(13), refused.errno());
    }

    private static Command.Builder inClosed(Path root, Kit kit, Set<Capability> effective) {
        Set<Capability> permitted = Set.of(Capability.DAC_OVERRIDE);
        Capabilities capabilities = new Capabilities(permitted, effective, permitted, Set.of(), Set.of());
        return kit.command(ProcessConfig.builder("/closed/busybox", "true").capabilities(capabilities))
                .rootfs(Rootfs.directory(root));
    }

    @Test
    @Needs(Feature.CAPABILITIES)
    @Observes("process.capabilities.bounding")
    default void allCapabilitiesAreThoseOfTheMachine(Kit kit) throws Exception {
        assertEquals(
                List.of(CapabilityText.mask(kit.machine().capabilities())),
                sets(kit, kit.process(show(Fact.STATUS, "CapEff")).capabilities(Capabilities.all())));
    }

    @Test
    @Needs(Feature.CAPABILITIES)
    @Observes("process.noNewPrivileges")
    default void newPrivilegesAreForbidden(Kit kit) throws Exception {
        assertEquals(
                List.of("1"),
                sets(kit, kit.process(show(Fact.STATUS, "NoNewPrivs")).noNewPrivileges(true)));
        assertEquals(
                List.of("0"),
                sets(kit, kit.process(show(Fact.STATUS, "NoNewPrivs")).noNewPrivileges(false)));
    }
}
