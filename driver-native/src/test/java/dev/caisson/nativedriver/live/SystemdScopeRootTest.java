// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.Signal;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.Resources;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers in scopes of systemd's. */
@Timeout(180)
class SystemdScopeRootTest {
    private static final ByteSize LIMIT = ByteSize.ofMib(64);
    private static final String UNIT = "caisson-live-scope.scope";
    private static final Path CGROUP = Path.of("/sys/fs/cgroup/system.slice", UNIT);

    private LiveDriver live;

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/run/systemd/system")) && Files.exists(Path.of("/run/dbus/system_bus_socket")),
                "needs systemd as the init, and its bus");
        Assumptions.assumeTrue(
                Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")), "needs cgroups of version 2 alone");
        // The JDK keeps a socket from the first one on.
        SocketChannel.open(StandardProtocolFamily.UNIX).close();
        live = LiveDriver.tied();
    }

    @AfterEach
    void close() throws Exception {
        if (live != null) {
            live.close();
        }
    }

    private static String ask(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }

    private static String read(String file) throws Exception {
        return Files.readString(CGROUP.resolve(file)).strip();
    }

    private Command command(long pids) throws Exception {
        return live.command("a", "sleep", "1000")
                .cgroup(new CgroupPlacement.Systemd("", "caisson", "live-scope"))
                .resources(Resources.builder().memory(LIMIT).pids(pids).build())
                .build();
    }

    @Test
    void limitsOutlastSystemdsReload() throws Exception {
        Container container = live.driver().create(command(1), Pipes.discard());
        container.start();
        assertEquals(Long.toString(container.init().pid()), read("cgroup.procs"));
        assertEquals("1", read("pids.max"));
        assertEquals(Long.toString(LIMIT.bytes()), read("memory.max"));
        assertEquals("active", ask("is-active", UNIT));
        assertEquals("Delegate=yes", ask("show", "-p", "Delegate", UNIT));
        assertEquals("MemoryMax=" + LIMIT.bytes(), ask("show", "-p", "MemoryMax", UNIT));

        live.driver().update(container.id(), Resources.builder().pids(7).build());
        assertEquals("7", read("pids.max"));
        assertEquals("", ask("daemon-reload"));
        assertEquals("TasksMax=7", ask("show", "-p", "TasksMax", UNIT));
        assertEquals("7", read("pids.max"));
        assertEquals(Long.toString(LIMIT.bytes()), read("memory.max"));

        live.driver().kill(container.id(), Signal.KILL);
        container.await();
        live.driver().clean(container.id());
        assertFalse(Files.exists(CGROUP), CGROUP::toString);
    }

    @Test
    void aNameCanBeUsedAgainAtOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            Container container = live.driver().create(command(10), Pipes.discard());
            container.start();
            assertTrue(Files.exists(CGROUP), CGROUP::toString);
            live.driver().terminate(container.id());
            live.driver().clean(container.id());
        }
    }
}
