// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.complain;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.produce;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.say;
import static dev.caisson.driver.tck.probe.Steps.show;
import static dev.caisson.driver.tck.probe.Steps.trap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.User;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Feed;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.Outcome;
import dev.caisson.driver.tck.Transcript;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Step;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Terminals. */
public interface TerminalBehaviours {
    private static ProcessConfig.Builder onTerminal(Kit kit, Step... steps) {
        return kit.process(steps).terminal(true);
    }

    private static Outcome run(Kit kit, ProcessConfig.Builder process) throws InterruptedException {
        Transcript screen = kit.transcript();
        ExitStatus status = kit.driver()
                .run(
                        kit.command(process).build(),
                        Pipes.terminal(InputStream.nullInputStream(), screen),
                        StartCallback.NONE);
        return new Outcome(status.termination(), screen.bytes(), new byte[0]);
    }

    @Test
    @Needs(Feature.TTY)
    @Observes("process.terminal")
    default void aTerminalIsGiven(Kit kit) throws Exception {
        Outcome outcome = run(kit, onTerminal(kit, show(Fact.TERMINAL), complain("errors too"), exit(4)))
                .ended(4);
        assertEquals("/dev/pts/0\r\nerrors too\r\n", outcome.text());
    }

    @Test
    @Needs(Feature.TTY)
    @Observes({"process.consoleSize.rows", "process.consoleSize.columns"})
    default void aTerminalHasItsSizeFromTheStart(Kit kit) throws Exception {
        Outcome outcome = run(kit, onTerminal(kit, show(Fact.TERMINAL_SIZE)).consoleSize(new ConsoleSize(41, 123)));
        assertEquals("41 123\r\n", outcome.text());
    }

    private static Live<ExitStatus> live(Kit kit, Transcript screen, Feed keyboard, Step... steps) {
        return kit.launch(kit.command(onTerminal(kit, steps)), Pipes.terminal(keyboard, screen));
    }

    @Test
    @Needs(Feature.TTY)
    default void whatIsTypedIsShownAndRead(Kit kit) throws Exception {
        Transcript screen = kit.transcript();
        Feed keyboard = new Feed();
        Live<ExitStatus> live = live(kit, screen, keyboard, line("ready"), readLine());
        assertEquals("ready\r", live.from(screen));
        keyboard.line("typed");
        assertEquals("typed\r", live.from(screen));
        assertEquals("heard typed\r", live.from(screen));
        assertEquals(new Termination.Exited(0), live.await().termination());
    }

    @Test
    @Needs(Feature.TTY)
    default void aTerminalIsResized(Kit kit) throws Exception {
        Transcript screen = kit.transcript();
        Live<ExitStatus> live = live(kit, screen, new Feed(), trap("WINCH"), line("ready"), hold());
        assertEquals("ready\r", live.from(screen));
        live.process().resize(new ConsoleSize(17, 71));
        assertEquals("caught WINCH\r", live.from(screen));
    }

    @Test
    @Needs(Feature.TTY)
    default void aResizedTerminalTellsItsNewSize(Kit kit) throws Exception {
        Transcript screen = kit.transcript();
        Feed keyboard = new Feed();
        Live<ExitStatus> live = live(kit, screen, keyboard, line("ready"), readLine(), show(Fact.TERMINAL_SIZE));
        assertEquals("ready\r", live.from(screen));
        live.process().resize(new ConsoleSize(17, 71));
        keyboard.line("go");
        assertEquals("go\r", live.from(screen));
        assertEquals("heard go\r", live.from(screen));
        assertEquals("17 71\r", live.from(screen));
    }

    /** 3 is what a keyboard's Ctrl-C gives; that it becomes a signal shows that the terminal is the controlling one. */
    @Test
    @Needs(Feature.TTY)
    default void controlCInterrupts(Kit kit) throws Exception {
        Transcript screen = kit.transcript();
        Feed keyboard = new Feed();
        Live<ExitStatus> live = live(kit, screen, keyboard, trap("INT"), line("ready"), hold());
        assertEquals("ready\r", live.from(screen));
        keyboard.text("\u0003");
        screen.awaitText("caught INT");
    }

    @Test
    @Needs(Feature.TTY)
    default void aTerminalDeliversEverything(Kit kit) throws Exception {
        Outcome outcome = run(kit, onTerminal(kit, produce(1 << 18), say("last")));
        assertEquals(
                (1 << 18) + (1 << 14) + "last".length(), outcome.out().length, "with a carriage return for each line");
        assertTrue(outcome.text().endsWith("last"), "the last line without its newline");
    }

    @Test
    @Needs({Feature.TTY, Feature.EXEC})
    @Observes({"process.consoleSize.rows", "process.consoleSize.columns"})
    default void anExecHasATerminalOfItsOwn(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        Transcript screen = kit.transcript();
        ExecStatus status = kit.driver()
                .exec(
                        live.id(),
                        onTerminal(kit, show(Fact.TERMINAL_SIZE), exit(8))
                                .consoleSize(new ConsoleSize(5, 55))
                                .build(),
                        Pipes.terminal(InputStream.nullInputStream(), screen),
                        StartCallback.NONE);
        assertEquals("5 55\r\n", screen.toString());
        assertEquals(new Termination.Exited(8), status.termination());
    }

    @Test
    @Needs(Feature.TTY)
    default void aTerminalAndItsPipesBelongTogether(Kit kit) {
        assertRefused(
                ErrorKind.USER,
                List.of("terminal"),
                () -> kit.driver()
                        .run(
                                kit.command(line("x")).build(),
                                Pipes.terminal(InputStream.nullInputStream(), kit.transcript()),
                                StartCallback.NONE));
        assertRefused(ErrorKind.USER, List.of("terminal"), () -> kit.run(kit.command(onTerminal(kit, line("x")))));
    }

    @Test
    @Needs(Feature.TTY)
    default void whatHasNoTerminalCantBeResized(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        assertRefused(ErrorKind.USER, List.of("terminal"), () -> live.process().resize(new ConsoleSize(5, 5)));
        if (!kit.has(Feature.TTY)) {
            run(kit, onTerminal(kit, line("x")));
        }
    }

    @Test
    @Needs({Feature.TTY, Feature.USERS})
    default void aTerminalBelongsToTheUser(Kit kit) throws Exception {
        Outcome outcome =
                run(kit, onTerminal(kit, show(Fact.STAT, "/dev/pts/0")).user(new User.Ids(1001, 1001)));
        assertTrue(outcome.text().contains(";1001:"), outcome::text);
    }
}
