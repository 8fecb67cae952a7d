// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.args;
import static dev.caisson.driver.tck.probe.Steps.die;
import static dev.caisson.driver.tck.probe.Steps.environ;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.orphans;
import static dev.caisson.driver.tck.probe.Steps.show;
import static dev.caisson.driver.tck.probe.Steps.trap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Personality;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.Outcome;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Probe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which program runs, with what, and where. */
public interface ProgramBehaviours {
    @Test
    @Observes("process.args")
    default void argumentsArriveUnchanged(Kit kit) throws Exception {
        List<String> words = List.of("plain", "two words", "", "$HOME `x` \"q\" 'q' \\", "é中", "-x", "*");
        assertEquals(words.stream().map(word -> "[" + word + "]").toList(), kit.answers(kit.command(args(words))));
    }

    /** Where it is found nobody else would look. */
    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    @Observes("process.args")
    default void aProgramIsFoundByTheContainersPath(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Files.createSymbolicLink(Files.createDirectory(root.resolve("only")).resolve("finder"), Path.of(Probe.PATH));
        List<String> argv = new ArrayList<>(Probe.at(List.of(line("found"))));
        argv.set(0, "finder");
        assertEquals(
                "found",
                kit.answer(kit.command(ProcessConfig.builder(argv).env("PATH", "/nowhere:/only:/bin"))
                        .rootfs(Rootfs.directory(root))));
    }

    @Test
    @Observes("process.env")
    default void theEnvironmentIsWhatIsGivenInOrder(Kit kit) throws Exception {
        List<String> environment = kit.answers(kit.command(kit.process(environ())
                .env("ZED", "last letter first")
                .env("EMPTY", "")
                .env("ABC", "a=b")));
        assertEquals(
                List.of("ZED=last letter first", "EMPTY=", "ABC=a=b"),
                environment.stream().skip(2).limit(3).toList());
        // The home directory of the user is told to a process that is told of no other.
        assertTrue(
                List.of("HOME=/root").containsAll(environment.stream().skip(5).toList()), environment::toString);
        assertEquals("PATH=" + ProcessConfig.DEFAULT_PATH, environment.get(0));
    }

    @Test
    @Observes("process.cwd")
    default void theWorkingDirectoryIsChosen(Kit kit) throws Exception {
        assertEquals("/tmp", kit.answer(kit.command(kit.process(show(Fact.CWD)).cwd(ContainerPath.of("/tmp")))));
    }

    @Test
    default void theWorkingDirectoryIsTheRootByDefault(Kit kit) throws Exception {
        assertEquals("/", kit.answer(kit.command(show(Fact.CWD))));
    }

    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    @Observes("process.cwd")
    default void theWorkingDirectoryIsMadeIfAbsent(Kit kit) throws Exception {
        ContainerPath path = ContainerPath.of("/made/for/it");
        assertEquals(
                path.value(),
                kit.answer(
                        kit.command(kit.process(show(Fact.CWD)).cwd(path)).rootfs(Rootfs.directory(kit.newRootfs()))));
    }

    @Test
    @Needs(Feature.USERS)
    @Observes("process.umask")
    default void theUmaskIsSet(Kit kit) throws Exception {
        assertEquals(
                "0027",
                kit.answer(kit.command(kit.process(show(Fact.STATUS, "Umask")).umask(0027))));
        assertEquals("0022", kit.answer(kit.command(show(Fact.STATUS, "Umask"))));
    }

    @Test
    @Needs(value = Feature.PERSONALITY)
    @Observes("process.personality")
    default void thePersonalityIsSet(Kit kit) throws Exception {
        String usual = kit.answer(kit.command(show(Fact.ARCHITECTURE)));
        String other =
                kit.answer(kit.command(kit.process(show(Fact.ARCHITECTURE)).personality(Personality.LINUX32)));
        assertNotEquals(usual, other);
        assertEquals(
                usual,
                kit.answer(kit.command(kit.process(show(Fact.ARCHITECTURE)).personality(Personality.LINUX))));
    }

    @Test
    @Needs(Feature.OOM_SCORE)
    @Observes("process.oomScoreAdj")
    default void theOomScoreIsAdjusted(Kit kit) throws Exception {
        assertEquals(
                "612",
                kit.answer(kit.command(kit.process(show(Fact.OOM_SCORE_ADJ)).oomScoreAdj(612))));
    }

    @Test
    @Needs(value = Feature.OOM_SCORE, machine = Facility.RESOURCE_RIGHTS)
    @Observes("process.oomScoreAdj")
    default void theOomScoreIsLowered(Kit kit) throws Exception {
        assertEquals(
                "-300",
                kit.answer(kit.command(kit.process(show(Fact.OOM_SCORE_ADJ)).oomScoreAdj(-300))));
    }

    @Test
    @Needs(
            value = {Feature.INIT, Feature.LIMIT_PIDS},
            limits = Limit.PIDS)
    @Observes("process.initReaper")
    default void aSmallInitReapsOrphans(Kit kit) throws Exception {
        List<String> lines = kit.answers(
                kit.command(kit.process(show(Fact.PID), orphans(120)).initReaper(true))
                        .resources(limits -> limits.pids(30)));
        assertNotEquals("1", lines.get(0));
        assertEquals("orphans 120", lines.get(1));
    }

    @Test
    @Needs({Feature.INIT, Feature.SIGNALS})
    @Observes("process.initReaper")
    default void aSmallInitForwardsSignals(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(
                kit.process(show(Fact.PID), trap("USR1"), line("set"), hold()).initReaper(true)));
        assertNotEquals("1", live.line());
        live.says("set");
        kit.driver().kill(live.id(), Signal.USR1);
        live.says("caught USR1");
        kit.driver().kill(live.id(), Signal.KILL);
        live.await();
    }

    @Test
    @Needs(Feature.INIT)
    @Observes("process.initReaper")
    default void aSmallInitEndsAsItsProgramDoes(Kit kit) throws Exception {
        Outcome ended =
                kit.run(kit.command(kit.process(show(Fact.PID), exit(43)).initReaper(true)));
        assertNotEquals(List.of("1"), ended.ended(43).lines());
        Outcome killed = kit.run(kit.command(kit.process(die("TERM")).initReaper(true)));
        assertEquals(128 + 15, killed.termination().shellCode());
    }
}
