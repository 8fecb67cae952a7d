// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.echo;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.spawn;
import static dev.caisson.driver.tck.probe.Steps.trap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Termination;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signals to the init, to one process and to all. */
public interface SignalBehaviours {
    @Test
    @Needs(Feature.SIGNALS)
    default void killSendsAnySignalToTheInit(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(
                        kit.command(trap("USR1"), trap("TERM"), trap("HUP"), trap("37"), line("set"), hold()))
                .says("set");
        kit.driver().kill(live.id(), Signal.USR1);
        live.says("caught USR1");
        kit.driver().kill(live.id(), Signal.TERM);
        live.says("caught TERM");
        kit.driver().kill(live.id(), Signal.HUP);
        live.says("caught HUP");
        kit.driver().kill(live.id(), Signal.parse("RTMIN+3"));
        live.says("caught 37");
        assertFalse(live.hasEnded(), "it goes on");
    }

    @Test
    @Needs(Feature.SIGNALS)
    default void aStartedProcessCanBeSignalled(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(trap("USR2"), line("set"), hold())).says("set");
        live.process().signal(Signal.USR2);
        live.says("caught USR2");
        live.process().signal(Signal.KILL);
        assertEquals(new Termination.Signalled(Signal.KILL, false), live.await().termination());
        live.process().signal(Signal.TERM);
    }

    @Test
    @Needs(Feature.SIGNALS)
    default void killReachesTheInitAlone(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(spawn(), readLine(), trap("USR1"), line("set"), hold()));
        live.says("child ready");
        live.input().line("go");
        live.says("heard go").says("set");
        kit.driver().kill(live.id(), Signal.USR1);
        live.says("caught USR1");
        kit.run(kit.command(line("meanwhile"))).succeeded();
        assertFalse(live.out().hasLine(), () -> "the child was signalled too: " + live.out());
    }

    @Test
    @Needs(Feature.KILL_ALL)
    default void killAllReachesEveryProcess(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(spawn(), readLine(), spawn(), trap("USR1"), readLine(), line("set"), hold()));
        live.says("child ready");
        live.input().line("one");
        live.says("heard one").says("child ready");
        live.input().line("two");
        live.says("heard two").says("set");
        kit.driver().killAll(live.id(), Signal.USR1);
        List<String> heard = new ArrayList<>(List.of(live.line(), live.line(), live.line()));
        Collections.sort(heard);
        assertEquals(List.of("caught USR1", "child caught", "child caught"), heard);
    }

    @Test
    @Needs(Feature.KILL_ALL)
    default void killAllCanEndEverything(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(spawn(), line("set"), hold()));
        live.out().awaitText("child ready");
        live.out().awaitText("set");
        kit.driver().killAll(live.id(), Signal.KILL);
        assertEquals(new Termination.Signalled(Signal.KILL, false), live.await().termination());
    }

    @Test
    @Needs(Feature.SIGNALS)
    default void aStoppedContainerIsContinued(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(echo()));
        live.input().line("a");
        live.says("heard a");
        kit.machine().signal(live.process().identity(), Signal.STOP);
        live.input().line("b");
        kit.run(kit.command(line("meanwhile"))).succeeded();
        assertFalse(live.out().hasLine(), "it answered although it was stopped");
        kit.driver().kill(live.id(), Signal.CONT);
        live.says("heard b");
    }

    @Test
    default void anEndByASignalIsToldApartFromACode(Kit kit) throws Exception {
        kit.run(kit.command(exit(137))).ended(137);
        Live<ExitStatus> live = kit.start(kit.command(line("set"), hold())).says("set");
        kit.driver().kill(live.id(), Signal.KILL);
        assertEquals(new Termination.Signalled(Signal.KILL, false), live.await().termination());
        assertFalse(live.await().oomKilled(), "it was not the memory limit");
    }

    @Test
    default void signallingWhatHasEndedIsRefused(Kit kit) throws Exception {
        ContainerId id = kit.newId();
        kit.run(kit.command(id, kit.process(line("x"))));
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().kill(id, Signal.KILL));
    }

    @Test
    @Needs(Feature.KILL_ALL)
    default void signallingAllOfNobodyIsRefused(Kit kit) {
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().killAll(kit.newId(), Signal.TERM));
    }
}
