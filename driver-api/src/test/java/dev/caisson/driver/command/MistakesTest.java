// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.check.Mistake;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is wrong in itself is refused before any driver sees it. */
class MistakesTest {
    private static List<String> mistakes(UnaryOperator<Command.Builder> change) {
        Command.Builder command =
                Command.bare(ContainerId.of("box")).process("true").rootfs(Rootfs.directory(Path.of("/")));
        return assertThrows(
                        InvalidCommandException.class,
                        () -> change.apply(command).build())
                .mistakes()
                .stream()
                .map(Mistake::path)
                .toList();
    }

    private static void assertRefused(String named, Executable action) {
        DriverException refusal = assertThrows(DriverException.class, action);
        assertEquals(ErrorKind.USER, refusal.kind());
        assertTrue(String.valueOf(refusal.getMessage()).contains(named), refusal::toString);
    }

    @Test
    void allMistakesOfACommandAreReportedTogether() {
        ProcessConfig process =
                ProcessConfig.builder("true").umask(07777).oomScoreAdj(-2000).build();
        assertEquals(
                List.of("process.umask", "process.oomScoreAdj", "resources.pids", "hostname"),
                mistakes(command -> command.process(process)
                        .hostname("")
                        .resources(Resources.builder().pids(0).build())));
    }

    @Test
    void theMountsOfTheHostAreAMistake() {
        Namespaces standard = Namespaces.standard();
        Namespaces shared = new Namespaces(
                NamespaceChoice.HOST,
                standard.pid(),
                standard.ipc(),
                standard.uts(),
                standard.cgroup(),
                standard.user(),
                standard.time());
        assertEquals(List.of("namespaces.mount"), mistakes(command -> command.namespaces(shared)));
    }

    @Test
    void aSettingOfTheHostIsAMistake() {
        assertEquals(List.of("sysctl[vm.swappiness]"), mistakes(command -> command.sysctl("vm.swappiness", "1")));
    }

    @Test
    void anIdThatIsAPathIsRefused() {
        for (String id : List.of("../x", "a/b", "..", ".", "a..b", "", "x".repeat(256), "a b", "é")) {
            assertRefused("container id", () -> ContainerId.of(id));
        }
    }

    @Test
    void namesThatAreNoneAreRefused() {
        assertRefused("SIGNOPE", () -> Signal.parse("SIGNOPE"));
        assertRefused("NO_CAP", () -> Capability.parse("NO_CAP"));
        assertRefused("12z", () -> ByteSize.parse("12z"));
        assertRefused("relative", () -> ContainerPath.of("relative"));
        assertRefused("a:b:c", () -> User.parse("a:b:c"));
    }
}
