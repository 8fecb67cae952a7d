// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ProcessInfo;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.pipes.Pipes;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container that divides its cgroup itself, as a container with systemd in it does. */
@Timeout(180)
class OwnCgroupsRootTest {
    private static final String SCRIPT = """
            cd /sys/fs/cgroup
            busybox mkdir init jobs
            echo $$ >init/cgroup.procs
            echo +pids >cgroup.subtree_control
            echo 3 >jobs/pids.max
            (echo 1000 >memory.max) 2>/dev/null && echo "its own limit was changed"
            echo "jobs may have $(busybox cat jobs/pids.max)"
            read end
            """;

    private LiveDriver live;

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")), "needs cgroups of version 2 alone");
        live = LiveDriver.tied();
    }

    @AfterEach
    void close() throws Exception {
        if (live != null) {
            live.close();
        }
    }

    private Command command() {
        List<Mount> mounts = Stream.concat(
                        Defaults.mounts().stream().filter(mount -> !(mount.kind() instanceof Mount.Cgroup)),
                        Stream.of(Mount.cgroup(ContainerPath.of("/sys/fs/cgroup"), MountFlags.of())))
                .toList();
        return live.command("a", "sh", "-c", SCRIPT).mounts(mounts).build();
    }

    @Test
    void itIsListedEnteredStoppedAndRemovedAsAWhole() throws Exception {
        try (PipedOutputStream input = new PipedOutputStream();
                PipedInputStream output = new PipedInputStream();
                BufferedReader said = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            Container container = live.driver()
                    .create(
                            command(),
                            Pipes.streams(
                                    new PipedInputStream(input),
                                    new PipedOutputStream(output),
                                    OutputStream.nullOutputStream()));
            container.start();
            assertEquals("jobs may have 3", said.readLine());

            assertEquals(
                    List.of(container.init().pid()),
                    live.driver().processes(container.id()).stream()
                            .map(ProcessInfo::pid)
                            .toList());
            ByteArrayOutputStream exec = new ByteArrayOutputStream();
            live.driver()
                    .exec(
                            container.id(),
                            live.process("cat", "/proc/self/cgroup").build(),
                            Pipes.combined(exec),
                            StartCallback.NONE);
            // Entered from outside, the way leads up and down again.
            assertTrue(exec.toString(StandardCharsets.UTF_8).strip().endsWith("/init"), exec::toString);

            live.driver().pause(container.id());
            live.driver().unpause(container.id());
            live.driver().terminate(container.id());
            live.driver().clean(container.id());
        }
    }
}
