// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.User;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.probe.Fact;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whom a process runs as. */
public interface UserBehaviours {
    private static String user(Kit kit, User user, List<String> groups) throws InterruptedException {
        return kit.answer(kit.command(kit.process(show(Fact.USER)).user(user).groups(groups)));
    }

    @Test
    default void aProcessIsRootByDefault(Kit kit) throws Exception {
        String user = kit.answer(kit.command(show(Fact.USER)));
        assertTrue(user.matches("0 0( 0)?"), user);
    }

    @Test
    @Observes({"process.user(Ids).uid", "process.user(Ids).gid"})
    default void aUserIsGivenByNumber(Kit kit) throws Exception {
        String user = user(kit, new User.Ids(1234, 2345), List.of());
        assertTrue(user.matches("1234 2345( 2345)?"), user);
    }

    @Test
    @Needs({Feature.USERS, Feature.ROOTFS_DIRECTORY})
    @Observes("process.user(Named).user")
    default void aUserIsFoundByTheContainersNames(Kit kit) throws Exception {
        assertEquals("1001 1001 29 50 1001", ordered(user(kit, User.parse("alice"), List.of()) + " 1001"));
    }

    /** The user's own group may stand among the further ones or not. */
    private static String ordered(String user) {
        List<String> ids = List.of(user.split(" "));
        return Stream.concat(
                        ids.subList(0, 2).stream(),
                        ids.subList(2, ids.size()).stream()
                                .map(Integer::valueOf)
                                .distinct()
                                .sorted()
                                .map(String::valueOf))
                .collect(Collectors.joining(" "));
    }

    @Test
    @Needs({Feature.USERS, Feature.ROOTFS_DIRECTORY})
    @Observes("process.user(Named).group")
    default void aGroupIsFoundByTheContainersNames(Kit kit) throws Exception {
        assertTrue(user(kit, User.parse("alice:audio"), List.of()).startsWith("1001 29"));
        assertTrue(user(kit, User.parse("bob:1500"), List.of()).startsWith("1002 1500"));
    }

    @Test
    @Needs({Feature.USERS, Feature.ROOTFS_DIRECTORY})
    @Observes("process.user(Named).user")
    default void aUserByNumberNeedsNoEntry(Kit kit) throws Exception {
        assertTrue(user(kit, User.parse("7777"), List.of()).startsWith("7777 0"));
        assertTrue(user(kit, User.parse("1002"), List.of()).startsWith("1002 100"));
    }

    @Test
    @Needs({Feature.USERS, Feature.ROOTFS_DIRECTORY})
    @Observes("process.groups")
    default void furtherGroupsAreGiven(Kit kit) throws Exception {
        List<String> ids = List.of(
                user(kit, new User.Ids(1234, 2345), List.of("staff", "4321")).split(" "));
        assertTrue(ids.subList(2, ids.size()).containsAll(List.of("50", "4321")), ids::toString);
        assertFalse(ids.contains("0"), ids::toString);
    }

    @Test
    @Needs({Feature.USERS, Feature.ROOTFS_DIRECTORY})
    default void aUserThatIsNotThereIsRefused(Kit kit) {
        refused(kit, User.parse("nobody-knows"), List.of(), "nobody-knows");
        refused(kit, User.parse("alice:no-group"), List.of(), "no-group");
        refused(kit, User.ROOT, List.of("no-group"), "no-group");
    }

    private static void refused(Kit kit, User user, List<String> groups, String named) {
        assertRefused(Set.of(ErrorKind.USER, ErrorKind.LAUNCH), List.of(named), () -> user(kit, user, groups));
    }
}
