// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.spawn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.ProcessInfo;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.User;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The list of a container's processes. */
public interface ProcessBehaviours {
    @Test
    @Needs(Feature.PROCESSES)
    default void processesAreListed(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(spawn(), readLine()));
        live.says("child ready");
        List<ProcessInfo> processes = kit.driver().processes(live.id());
        ProcessInfo init = processes.stream()
                .filter(process -> process.pid() == live.process().identity().pid())
                .findFirst()
                .orElseThrow(() -> new AssertionFailedError("its init is not in " + processes));
        assertEquals(live.process().identity().startTime(), init.startTime());
        assertTrue(init.arguments().containsAll(List.of("spawn", "read-line")), init::toString);
        assertTrue(init.residentBytes() > 0, init::toString);
        assertTrue("RSD".indexOf(init.state()) >= 0, init::toString);
        ProcessInfo child = processes.stream()
                .filter(process -> process.parent() == init.pid())
                .findFirst()
                .orElseThrow(() -> new AssertionFailedError("its child is not in " + processes));
        assertEquals(init.name(), child.name());
        assertEquals(
                processes.stream().map(ProcessInfo::pid).sorted().toList(),
                processes.stream().map(ProcessInfo::pid).toList());
    }

    @Test
    @Needs({Feature.PROCESSES, Feature.EXEC})
    default void execsAreAmongTheProcesses(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        Live<ExecStatus> exec =
                kit.startExec(live.id(), kit.process(line("in"), readLine())).says("in");
        List<Long> pids =
                kit.driver().processes(live.id()).stream().map(ProcessInfo::pid).toList();
        assertTrue(pids.contains(exec.process().identity().pid()), pids::toString);
        exec.input().line("go");
        exec.await();
        List<Long> later =
                kit.driver().processes(live.id()).stream().map(ProcessInfo::pid).toList();
        assertFalse(later.contains(exec.process().identity().pid()), later::toString);
    }

    @Test
    @Needs({Feature.PROCESSES, Feature.USERS})
    default void processesTellTheirUser(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(
                        kit.command(kit.process(line("ready"), readLine()).user(new User.Ids(1001, 1001))))
                .says("ready");
        assertEquals(1001, kit.driver().processes(live.id()).get(0).uid());
    }

    @Test
    @Needs({Feature.PROCESSES, Feature.CREATE})
    default void processesNeedARunningContainer(Kit kit) throws Exception {
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().processes(kit.newId()));
        Container container = kit.create(kit.command(exit(0)), kit.transcript());
        container.start();
        container.await();
        assertRefused(StandardErrorCode.NOT_RUNNING, () -> kit.driver().processes(container.id()));
    }
}
