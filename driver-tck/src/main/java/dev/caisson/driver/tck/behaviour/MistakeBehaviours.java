// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.check.Mistake;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.command.User;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commands that are wrong in themselves. */
public interface MistakeBehaviours {
    @Test
    default void allMistakesAreReportedTogether(Kit kit) {
        InvalidCommandException mistakes = assertThrows(
                InvalidCommandException.class,
                () -> kit.command(kit.process(line("x")).umask(07777).oomScoreAdj(-2000))
                        .hostname("")
                        .resources(limits -> limits.pids(0))
                        .build());
        assertEquals(
                List.of("process.umask", "process.oomScoreAdj", "resources.pids", "hostname"),
                mistakes.mistakes().stream().map(Mistake::path).toList());
    }

    @Test
    default void anIdThatIsAPathIsRefused(Kit kit) {
        for (String id : List.of("../x", "a/b", "..", ".", "a..b", "", "x".repeat(256), "a b", "é")) {
            assertRefused(
                    ErrorKind.USER, List.of("container id"), () -> kit.driver().container(ContainerId.of(id)));
        }
    }

    @Test
    default void namesThatAreNoneAreRefused(Kit kit) {
        assertRefused(
                ErrorKind.USER, List.of("SIGNOPE"), () -> kit.driver().kill(kit.newId(), Signal.parse("SIGNOPE")));
        assertRefused(ErrorKind.USER, List.of("NO_CAP"), () -> Capability.parse("NO_CAP"));
        assertRefused(ErrorKind.USER, List.of("12z"), () -> ByteSize.parse("12z"));
        assertRefused(ErrorKind.USER, List.of("relative"), () -> ContainerPath.of("relative"));
        assertRefused(ErrorKind.USER, List.of("a:b:c"), () -> User.parse("a:b:c"));
    }

    @Test
    @Needs(Feature.SECCOMP)
    default void aSystemCallArchitectureThatIsNoneIsRefused(Kit kit) {
        Seccomp.Profile profile = new Seccomp.Profile(
                Seccomp.Action.ALLOW,
                OptionalInt.empty(),
                List.of("SCMP_ARCH_NOPE"),
                Set.of(),
                Optional.empty(),
                "",
                List.of(new Seccomp.Rule(List.of("mkdir"), Seccomp.Action.ERRNO, OptionalInt.empty(), List.of())));
        assertRefused(
                ErrorKind.USER,
                List.of("SCMP_ARCH_NOPE"),
                () -> kit.run(kit.command(line("x"))
                        .security(new Security(profile, List.of(), List.of(), Optional.empty(), true))));
    }
}
