// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.TimeNamespace;
import dev.caisson.driver.command.UserNamespace;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Fact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** User and time namespaces. */
public interface UserNamespaceBehaviours {
    private static Namespaces mapped(Kit kit) {
        return kit.namespaces()
                .withUser(UserNamespace.mapped(new IdMappings(
                        List.of(new IdMapping(0, 100_000, 2000), new IdMapping(2000, 300_000, 10)),
                        List.of(new IdMapping(0, 200_000, 3000)))));
    }

    @Test
    @Needs(value = Feature.USER_NAMESPACE, machine = Facility.USER_NAMESPACE)
    @Observes({
        "namespaces.user.choice(Private)",
        "namespaces.user.mappings.uids.inside",
        "namespaces.user.mappings.uids.outside",
        "namespaces.user.mappings.uids.count",
        "namespaces.user.mappings.gids.inside",
        "namespaces.user.mappings.gids.outside",
        "namespaces.user.mappings.gids.count"
    })
    default void usersAreMapped(Kit kit) throws Exception {
        List<String> lines = kit.answers(kit.command(
                        show(Fact.ID_MAP, "uid"),
                        show(Fact.ID_MAP, "gid"),
                        show(Fact.USER),
                        show(Fact.NAMESPACE, "user"))
                .namespaces(mapped(kit)));
        assertEquals(List.of("0 100000 2000|2000 300000 10", "0 200000 3000"), lines.subList(0, 2));
        assertTrue(lines.get(2).startsWith("0 0"), lines::toString);
        assertNotEquals(kit.machine().namespace("user"), lines.get(3));
    }

    @Test
    @Needs(
            value = {Feature.USER_NAMESPACE, Feature.PROCESSES},
            machine = Facility.USER_NAMESPACE)
    @Observes("namespaces.user.mappings.uids.outside")
    default void mappedUsersAreOthersOutside(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), readLine()).namespaces(mapped(kit)))
                .says("ready");
        assertEquals(100_000, kit.driver().processes(live.id()).get(0).uid());
    }

    @Test
    @Needs(
            value = {Feature.USER_NAMESPACE, Feature.CAPABILITIES},
            machine = Facility.USER_NAMESPACE)
    @Observes("process.capabilities.bounding")
    default void capabilitiesHoldInAUserNamespace(Kit kit) throws Exception {
        assertEquals(
                CapabilityText.mask(Set.of(Capability.CHOWN, Capability.KILL)),
                kit.answer(kit.command(kit.process(show(Fact.STATUS, "CapEff"))
                                .capabilities(Capabilities.of(Set.of(Capability.CHOWN, Capability.KILL))))
                        .namespaces(mapped(kit))));
    }

    @Test
    @Needs(
            value = {Feature.USER_NAMESPACE, Feature.EXEC},
            machine = Facility.USER_NAMESPACE)
    default void execIsMappedToo(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, "user"), hold()).namespaces(mapped(kit)));
        assertEquals(live.line(), kit.execAnswer(live.id(), show(Fact.NAMESPACE, "user")));
    }

    @Test
    @Observes("namespaces.user.choice(Host)")
    default void usersAreTheHosts(Kit kit) throws Exception {
        assertEquals(kit.machine().namespace("user"), kit.answer(kit.command(show(Fact.NAMESPACE, "user"))));
    }

    @Test
    @Needs(
            value = {Feature.USER_NAMESPACE, Feature.NAMESPACE_JOIN},
            machine = Facility.USER_NAMESPACE)
    @Observes("namespaces.user.choice(OfContainer).id")
    default void usersAreAnotherContainers(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, "user"), hold()).namespaces(mapped(kit)));
        String namespace = live.line();
        UserNamespace joined = new UserNamespace(new NamespaceChoice.OfContainer(live.id()), IdMappings.none());
        assertEquals(
                namespace,
                kit.answer(kit.command(show(Fact.NAMESPACE, "user"))
                        .namespaces(kit.namespaces().withUser(joined))));
    }

    @Test
    @Needs(
            value = {Feature.USER_NAMESPACE, Feature.NAMESPACE_JOIN},
            machine = Facility.USER_NAMESPACE)
    @Observes("namespaces.user.choice(AtPath).path")
    default void usersAreThoseAtAPath(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, "user"), hold()).namespaces(mapped(kit)));
        String namespace = live.line();
        Path path = Path.of("/proc", Long.toString(live.process().identity().pid()), "ns", "user");
        UserNamespace joined = new UserNamespace(new NamespaceChoice.AtPath(path), IdMappings.none());
        assertEquals(
                namespace,
                kit.answer(kit.command(show(Fact.NAMESPACE, "user"))
                        .namespaces(kit.namespaces().withUser(joined))));
    }

    private static Namespaces shifted(Kit kit) {
        return kit.namespaces()
                .withTime(new TimeNamespace(
                        NamespaceChoice.PRIVATE,
                        Map.of(
                                TimeNamespace.Clock.MONOTONIC, Duration.ofSeconds(1000, 7),
                                TimeNamespace.Clock.BOOTTIME, Duration.ofSeconds(5000))));
    }

    @Test
    @Needs(value = Feature.TIME_NAMESPACE, machine = Facility.TIME_NAMESPACE)
    @Observes({"namespaces.time.choice(Private)", "namespaces.time.offsets"})
    default void clocksAreShifted(Kit kit) throws Exception {
        List<String> lines = kit.answers(kit.command(show(Fact.TIME_OFFSETS), show(Fact.NAMESPACE, "time"))
                .namespaces(shifted(kit)));
        assertEquals("monotonic 1000 7|boottime 5000 0", lines.get(0));
        assertNotEquals(kit.machine().namespace("time"), lines.get(1));
    }

    @Test
    @Needs(toObserve = Facility.TIME_NAMESPACE)
    @Observes("namespaces.time.choice(Host)")
    default void clocksAreTheHosts(Kit kit) throws Exception {
        assertEquals(kit.machine().namespace("time"), kit.answer(kit.command(show(Fact.NAMESPACE, "time"))));
    }

    @Test
    @Needs(
            value = {Feature.TIME_NAMESPACE, Feature.NAMESPACE_JOIN},
            machine = Facility.TIME_NAMESPACE)
    @Observes("namespaces.time.choice(OfContainer).id")
    default void clocksAreAnotherContainers(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, "time"), hold()).namespaces(shifted(kit)));
        String namespace = live.line();
        TimeNamespace joined = new TimeNamespace(new NamespaceChoice.OfContainer(live.id()), Map.of());
        assertEquals(
                namespace,
                kit.answer(kit.command(show(Fact.NAMESPACE, "time"))
                        .namespaces(kit.namespaces().withTime(joined))));
    }

    @Test
    @Needs(
            value = {Feature.TIME_NAMESPACE, Feature.NAMESPACE_JOIN},
            machine = Facility.TIME_NAMESPACE)
    @Observes("namespaces.time.choice(AtPath).path")
    default void clocksAreThoseAtAPath(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, "time"), hold()).namespaces(shifted(kit)));
        String namespace = live.line();
        Path path = Path.of("/proc", Long.toString(live.process().identity().pid()), "ns", "time");
        TimeNamespace joined = new TimeNamespace(new NamespaceChoice.AtPath(path), Map.of());
        assertEquals(
                namespace,
                kit.answer(kit.command(show(Fact.NAMESPACE, "time"))
                        .namespaces(kit.namespaces().withTime(joined))));
    }
}
