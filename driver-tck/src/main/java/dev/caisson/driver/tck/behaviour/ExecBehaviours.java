// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.burn;
import static dev.caisson.driver.tck.probe.Steps.complain;
import static dev.caisson.driver.tck.probe.Steps.echo;
import static dev.caisson.driver.tck.probe.Steps.environ;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.produce;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.say;
import static dev.caisson.driver.tck.probe.Steps.show;
import static dev.caisson.driver.tck.probe.Steps.trap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.User;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.Outcome;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Probe;
import dev.caisson.driver.tck.probe.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Further processes in a running container. */
public interface ExecBehaviours {
    private static Live<ExitStatus> host(Kit kit) throws InterruptedException {
        return kit.start(kit.command(line("ready"), hold())).says("ready");
    }

    @Test
    @Needs(Feature.EXEC)
    default void execReturnsTheExitCode(Kit kit) throws Exception {
        ContainerId id = host(kit).id();
        for (int code : List.of(0, 3, 255)) {
            kit.exec(id, kit.process(exit(code))).ended(code);
        }
    }

    @Test
    @Needs(Feature.EXEC)
    default void execDeliversOutputAndErrorsToTheEnd(Kit kit) throws Exception {
        ContainerId id = host(kit).id();
        Outcome outcome = kit.exec(id, kit.process(complain("wrong"), produce(1 << 20), say("last")))
                .ended(0);
        assertEquals((1 << 20) + "last".length(), outcome.out().length);
        assertTrue(outcome.text().endsWith("last"), "the last line without its newline");
        assertEquals("wrong\n", outcome.errors());
    }

    @Test
    @Needs(Feature.EXEC)
    default void execIsFed(Kit kit) throws Exception {
        Live<ExecStatus> live = kit.startExec(host(kit).id(), kit.process(echo(), line("end")));
        live.input().line("one");
        live.says("heard one");
        live.input().end();
        live.says("end");
        assertEquals(new Termination.Exited(0), live.await().termination());
    }

    @Test
    @Needs(Feature.EXEC)
    default void execSharesTheContainersNamespaces(Kit kit) throws Exception {
        List<String> kinds = List.of("mnt", "pid", "ipc", "uts", "net", "cgroup", "user");
        Step[] all = kinds.stream().map(kind -> show(Fact.NAMESPACE, kind)).toArray(Step[]::new);
        Step[] then = Stream.concat(Arrays.stream(all), Stream.of(hold())).toArray(Step[]::new);
        Live<ExitStatus> live = kit.start(kit.command(then));
        List<String> own = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            own.add(live.line());
        }
        assertEquals(own, kit.exec(live.id(), kit.process(all)).succeeded().lines());
    }

    @Test
    @Needs(Feature.EXEC)
    default void execIsInTheContainersCgroups(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(show(Fact.CGROUPS), hold()));
        assertEquals(live.line(), kit.execAnswer(live.id(), show(Fact.CGROUPS)));
    }

    @Test
    @Needs(Feature.EXEC)
    default void execAddsToTheContainersEnvironment(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(
                kit.process(line("ready"), hold()).env("KEPT", "by container").env("CHANGED", "before")));
        live.says("ready");
        List<String> environment = kit.exec(
                        live.id(),
                        ProcessConfig.builder(Probe.at(List.of(environ())))
                                .env("CHANGED", "after")
                                .env("NEW", "of exec"))
                .succeeded()
                .lines();
        assertTrue(environment.contains("KEPT=by container"), environment::toString);
        assertTrue(environment.contains("CHANGED=after"), environment::toString);
        assertTrue(environment.contains("NEW=of exec"), environment::toString);
        assertFalse(environment.contains("CHANGED=before"), environment::toString);
    }

    @Test
    @Needs({Feature.EXEC, Feature.USERS, Feature.CAPABILITIES})
    default void execIsAsTheContainerWhereItSaysNothing(Kit kit) throws Exception {
        Step[] facts = {
            show(Fact.USER),
            show(Fact.CWD),
            show(Fact.STATUS, "CapBnd"),
            show(Fact.STATUS, "NoNewPrivs"),
            show(Fact.STATUS, "Umask"),
            show(Fact.STATUS, "Seccomp")
        };
        Live<ExitStatus> live = kit.start(kit.command(kit.process(
                        Stream.concat(Arrays.stream(facts), Stream.of(hold())).toArray(Step[]::new))
                .user(new User.Ids(1001, 50))
                .groups(List.of("29"))
                .cwd(ContainerPath.of("/tmp"))
                .umask(0027)
                .noNewPrivileges(true)
                .capabilities(Capabilities.of(Set.of(Capability.CHOWN, Capability.KILL)))));
        List<String> own = new ArrayList<>();
        for (int i = 0; i < facts.length; i++) {
            own.add(live.line());
        }
        assertEquals(own, kit.exec(live.id(), kit.process(facts)).succeeded().lines());
    }

    @Test
    @Needs({Feature.EXEC, Feature.USERS})
    default void execHasAUserAndDirectoryOfItsOwn(Kit kit) throws Exception {
        ContainerId id = host(kit).id();
        Outcome outcome = kit.exec(
                id,
                kit.process(show(Fact.USER), show(Fact.CWD), show(Fact.STATUS, "Umask"))
                        .user(User.parse("bob"))
                        .cwd(ContainerPath.of("/tmp"))
                        .umask(0077));
        List<String> lines = outcome.succeeded().lines();
        assertTrue(lines.get(0).matches("1002 100 (100 )?50( 100)?"), lines::toString);
        assertEquals(List.of("/tmp", "0077"), lines.subList(1, 3));
    }

    @Test
    @Needs({Feature.EXEC, Feature.CAPABILITIES, Feature.SECCOMP})
    @Observes("process.privileged")
    default void aPrivilegedExecHasEverything(Kit kit) throws Exception {
        ContainerId id = host(kit).id();
        String all = CapabilityText.mask(kit.machine().capabilities());
        assertEquals(
                List.of(all, all, "0"),
                kit.exec(
                                id,
                                kit.process(
                                                show(Fact.STATUS, "CapEff"),
                                                show(Fact.STATUS, "CapBnd"),
                                                show(Fact.STATUS, "Seccomp"))
                                        .privileged(true))
                        .succeeded()
                        .lines());
    }

    @Test
    @Needs({Feature.EXEC, Feature.RLIMITS, Feature.OOM_SCORE})
    default void execHasLimitsOfItsOwn(Kit kit) throws Exception {
        ContainerId id = host(kit).id();
        assertEquals(
                List.of("100 200", "700"),
                kit.exec(
                                id,
                                kit.process(show(Fact.LIMIT, "Max open files"), show(Fact.OOM_SCORE_ADJ))
                                        .rlimit(new Rlimit(Rlimit.Type.NOFILE, 100, 200))
                                        .oomScoreAdj(700))
                        .succeeded()
                        .lines());
    }

    @Test
    @Needs(Feature.EXEC)
    default void theContainerOutlivesAnExec(Kit kit) throws Exception {
        Live<ExitStatus> live = host(kit);
        kit.exec(live.id(), kit.process(exit(1))).ended(1);
        assertTrue(kit.machine().isAlive(live.process().identity()), "the container goes on");
    }

    @Test
    @Needs(Feature.EXEC)
    default void anExecEndsWithItsContainer(Kit kit) throws Exception {
        Live<ExitStatus> live = host(kit);
        Live<ExecStatus> exec =
                kit.startExec(live.id(), kit.process(line("in"), hold())).says("in");
        kit.driver().kill(live.id(), Signal.KILL);
        assertEquals(new Termination.Signalled(Signal.KILL, false), exec.await().termination());
        assertFalse(kit.machine().isAlive(exec.process().identity()), "the further process is left");
    }

    @Test
    @Needs(Feature.EXEC)
    default void interruptingExecEndsItsProcessAlone(Kit kit) throws Exception {
        Live<ExitStatus> live = host(kit);
        Live<ExecStatus> exec =
                kit.startExec(live.id(), kit.process(line("in"), hold())).says("in");
        exec.thread().interrupt();
        assertThrows(InterruptedException.class, exec::await);
        assertFalse(kit.machine().isAlive(exec.process().identity()), "the further process is left");
        kit.exec(live.id(), kit.process(exit(0))).ended(0);
    }

    @Test
    @Needs({Feature.EXEC, Feature.SIGNALS})
    default void anExecCanBeSignalled(Kit kit) throws Exception {
        Live<ExecStatus> exec = kit.startExec(host(kit).id(), kit.process(trap("USR1"), line("set"), hold()))
                .says("set");
        exec.process().signal(Signal.USR1);
        exec.says("caught USR1");
        exec.process().signal(Signal.KILL);
        assertEquals(new Termination.Signalled(Signal.KILL, false), exec.await().termination());
        exec.process().signal(Signal.TERM);
    }

    @Test
    @Needs(Feature.EXEC)
    default void execOfNoProgramIsRefused(Kit kit) throws Exception {
        ContainerId id = host(kit).id();
        LaunchException missing =
                assertThrows(LaunchException.class, () -> kit.exec(id, ProcessConfig.builder("/no/such/program")));
        assertEquals(StandardErrorCode.COMMAND_NOT_FOUND, missing.code());
        assertEquals(127, missing.exitCode());
    }

    @Test
    @Needs(Feature.EXEC)
    default void execWithMistakesIsRefused(Kit kit) throws Exception {
        ContainerId id = host(kit).id();
        InvalidCommandException mistakes = assertThrows(
                InvalidCommandException.class,
                () -> kit.exec(id, kit.process(line("x")).umask(01000).oomScoreAdj(2000)));
        assertEquals(2, mistakes.mistakes().size(), mistakes::toString);
    }

    @Test
    @Needs(Feature.EXEC)
    default void execNeedsAContainer(Kit kit) {
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.exec(kit.newId(), kit.process(line("x"))));
    }

    @Test
    @Needs({Feature.EXEC, Feature.CREATE})
    default void execNeedsARunningContainer(Kit kit) throws Exception {
        Container container = kit.create(kit.command(exit(0)), kit.transcript());
        assertRefused(StandardErrorCode.NOT_RUNNING, () -> kit.exec(container.id(), kit.process(line("x"))));
        container.start();
        container.await();
        assertRefused(StandardErrorCode.NOT_RUNNING, () -> kit.exec(container.id(), kit.process(line("x"))));
    }

    @Test
    @Needs(Feature.EXEC)
    default void execsRunSideBySide(Kit kit) throws Exception {
        Live<ExitStatus> live = host(kit);
        List<Live<ExecStatus>> execs = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            execs.add(kit.startExec(live.id(), kit.process(line("in " + i), readLine())));
        }
        for (int i = 0; i < 16; i++) {
            execs.get(i).says("in " + i);
        }
        for (Live<ExecStatus> exec : execs) {
            exec.input().line("go");
            exec.says("heard go");
            assertEquals(new Termination.Exited(0), exec.await().termination());
        }
    }

    @Test
    @Needs(Feature.EXEC)
    default void anExecStatusTellsTimesAndUsage(Kit kit) throws Exception {
        ContainerId id = host(kit).id();
        Instant before = Instant.now();
        ExecStatus status =
                kit.driver().exec(id, kit.process(burn(50_000)).build(), Pipes.discard(), StartCallback.NONE);
        assertFalse(status.startedAt().isBefore(before.minusMillis(1)), () -> status + " started before " + before);
        assertFalse(status.finishedAt().isBefore(status.startedAt()), () -> status + " finished before its start");
        Duration cpu = status.usage().userCpu().plus(status.usage().systemCpu());
        assertTrue(cpu.compareTo(Duration.ofMillis(2)) > 0, () -> "50000 turns cost more than " + cpu);
    }
}
