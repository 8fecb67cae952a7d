// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Signal;
import dev.caisson.driver.Termination;
import dev.caisson.driver.Usage;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.resources.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EndReportTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Usage USAGE = new Usage(
            Duration.ofMillis(1500),
            Duration.ofMillis(20),
            OptionalLong.of(10L << 20),
            2048,
            OptionalLong.of(0),
            OptionalLong.empty());
    private static final Command LIMITED = Command.builder(ContainerId.of("a"))
            .rootfs(Rootfs.hostCopy())
            .process("x")
            .resources(limits -> limits.memory(ByteSize.ofMib(32)))
            .build();
    private static final Command UNLIMITED = Command.builder(ContainerId.of("a"))
            .rootfs(Rootfs.hostCopy())
            .process("x")
            .build();

    private static ExitStatus status(Termination termination, boolean oom) {
        return new ExitStatus(termination, oom, START, START.plusSeconds(75), USAGE);
    }

    @Test
    void theMemoryLimitIsNamed() {
        Termination killed = new Termination.Signalled(Signal.KILL, false);
        assertEquals(
                List.of("killed: the memory limit of 32 MiB was reached"),
                new EndReport(LIMITED, status(killed, true)).remarks());
        assertEquals(
                List.of("killed: a memory limit was reached"),
                new EndReport(UNLIMITED, status(killed, true)).remarks());
        assertEquals(List.of(), new EndReport(LIMITED, status(killed, false)).remarks());
    }

    @Test
    void aShellWhoseChildWasKilledSaysItToo() {
        assertEquals(
                List.of("killed: the memory limit of 32 MiB was reached"),
                new EndReport(LIMITED, status(new Termination.Exited(137), true)).remarks());
        assertEquals(
                List.of("a process in the container was killed: the memory limit of 32 MiB was reached"),
                new EndReport(LIMITED, status(new Termination.Exited(0), true)).remarks());
    }

    @Test
    void anUnseenEndIsTold() {
        assertEquals(
                List.of("the exit code is not known: the shim was killed"),
                new EndReport(LIMITED, status(new Termination.Lost("the shim was killed"), false)).remarks());
    }

    @Test
    void whatWasUsedIsTold() {
        assertEquals(
                List.of(
                        "ended       by itself with exit code 3",
                        "wall time   1 min 15 s",
                        "cpu         1.500 s user, 0.020 s system",
                        "memory peak 10 MiB of 32 MiB, largest process 2 KiB",
                        "io          0 B read, not counted here written"),
                new EndReport(LIMITED, status(new Termination.Exited(3), false)).usage());
        assertEquals(
                "ended       by SIGSEGV, core dumped, memory limit reached",
                new EndReport(LIMITED, status(new Termination.Signalled(Signal.parse("SEGV"), true), true))
                        .usage()
                        .get(0));
    }

    @Test
    void timesAreForPeople() {
        assertEquals("0.004 s", TimeText.of(Duration.ofMillis(4)));
        assertEquals("5 s", TimeText.of(Duration.ofSeconds(5)));
        assertEquals("61 min", TimeText.of(Duration.ofMinutes(61)));
    }
}
