// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Many containers and many callers. */
public interface ConcurrencyBehaviours {
    @Test
    default void sixtyFourRunAtOnce(Kit kit) throws Exception {
        List<Live<ExitStatus>> lives = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            lives.add(kit.launch(kit.command(line("in " + i), readLine(), exit(i))));
        }
        for (int i = 0; i < 64; i++) {
            assertEquals("in " + i, lives.get(i).line());
        }
        assertEquals(64, kit.driver().containers().size());
        for (int i = 0; i < 64; i++) {
            lives.get(i).input().line("go");
            assertEquals(new Termination.Exited(i), lives.get(i).await().termination());
        }
        assertEquals(List.of(), kit.driver().containers());
    }

    @Test
    default void ofTwoWithTheSameIdOneWins(Kit kit) throws Exception {
        for (int round = 0; round < 10; round++) {
            ContainerId id = kit.newId();
            CountDownLatch gate = new CountDownLatch(1);
            List<Live<ExitStatus>> rivals = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Command command = kit.command(id, kit.process(readLine())).build();
                rivals.add(kit.launchAt(gate, command));
            }
            gate.countDown();
            assertEquals(1, refused(rivals), "how many of two with the same id were refused");
        }
    }

    /** The one that was refused ends at once; the other waits for its input. */
    private static long refused(List<Live<ExitStatus>> rivals) throws InterruptedException {
        long refused = 0;
        for (Live<ExitStatus> rival : rivals) {
            try {
                rival.awaitStart();
            } catch (DriverException refusal) {
                assertEquals(StandardErrorCode.ID_TAKEN, refusal.code());
                refused++;
            }
        }
        for (Live<ExitStatus> rival : rivals) {
            rival.close();
        }
        return refused;
    }

    @Test
    default void twoHundredRunInARow(Kit kit) throws Exception {
        for (int i = 0; i < 200; i++) {
            kit.run(kit.command(exit(i))).ended(i);
        }
        assertEquals(List.of(), kit.driver().containers());
    }

    @Test
    default void manyEndAtOnce(Kit kit) throws Exception {
        List<Live<ExitStatus>> lives = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            lives.add(kit.start(kit.command(line("ready"), hold())).says("ready"));
        }
        List<Thread> killers = new ArrayList<>();
        for (Live<ExitStatus> live : lives) {
            killers.add(Thread.ofVirtual().start(() -> kit.driver().terminate(live.id())));
            killers.add(Thread.ofVirtual().start(() -> kit.driver().terminate(live.id())));
        }
        for (Thread killer : killers) {
            assertTrue(killer.join(kit.patience()), "a call of terminate doesn't return");
        }
        for (Live<ExitStatus> live : lives) {
            assertEquals(
                    new Termination.Signalled(Signal.KILL, false), live.await().termination());
        }
    }

    @Test
    @Needs({Feature.PAUSE, Feature.EXEC})
    default void callersDontDisturbEachOther(Kit kit) throws Exception {
        List<Live<ExitStatus>> lives = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lives.add(kit.start(kit.command(line("ready"), hold())).says("ready"));
        }
        kit.driver().pause(lives.get(0).id());
        kit.driver().unpause(lives.get(0).id());
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (Live<ExitStatus> live : lives) {
            callers.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int round = 0; round < 5; round++) {
                        kit.driver().pause(live.id());
                        kit.driver().unpause(live.id());
                        kit.exec(live.id(), kit.process(exit(round))).ended(round);
                    }
                } catch (InterruptedException | RuntimeException | AssertionError failure) {
                    failures.add(failure);
                }
            }));
        }
        for (Thread caller : callers) {
            assertTrue(caller.join(kit.patience()), "a caller doesn't come back");
        }
        assertEquals(List.of(), failures);
    }
}
