// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.ProcessInfo;
import dev.caisson.driver.Signal;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.User;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.nativedriver.NativeDriverProvider;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a user can do to whom neither ids nor cgroups are lent, for {@link AsUser}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OneUserCases {
    private final NativeDriverProvider provider = new NativeDriverProvider();
    private Driver driver;
    private Path rootfs;
    private int number;

    @BeforeAll
    void open() throws Exception {
        driver = provider.open(DriverContext.tied(), provider.defaultOptions());
        rootfs = Files.createTempDirectory("rootfs");
        for (String name : List.of("bin", "proc", "sys", "dev", "tmp")) {
            Files.createDirectory(rootfs.resolve(name));
        }
        Files.copy(Path.of("/bin/busybox"), rootfs.resolve("bin/sh"));
    }

    @AfterAll
    void close() {
        driver.close();
    }

    private Command.Builder command(String script) {
        return Command.builder(ContainerId.of("one-" + ++number))
                .process("sh", "-c", script)
                .rootfs(Rootfs.directory(rootfs));
    }

    private String said(Command.Builder command) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        driver.run(command.build(), Pipes.output(out, out), started -> {});
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private void refused(String part, Command.Builder command) {
        DriverException refusal = assertThrows(DriverException.class, () -> said(command));
        assertTrue(
                List.of(ErrorKind.UNSUPPORTED, ErrorKind.MACHINE).contains(refusal.kind()), () -> refusal.kind() + "");
        assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal::getMessage);
    }

    @Test
    void theUserIsRoot() throws InterruptedException {
        assertEquals(
                "0 0",
                said(command("echo $(busybox id -u 2>/dev/null || echo 0) $(cat /proc/self/uid_map | "
                        + "while read inside outside count; do echo $inside; done)")));
        assertTrue(said(command("cat /proc/self/uid_map")).matches("0 +" + OrdinaryUser.ID + " +1"));
    }

    @Test
    void itCanWriteToItsFiles() throws InterruptedException {
        assertEquals("here", said(command("echo here >/file && cat /file")));
        assertTrue(Files.exists(rootfs.resolve("file")));
    }

    @Test
    void aViewOfTheHostIsThrownAway() throws InterruptedException {
        String name = "/tmp/caisson-of-" + OrdinaryUser.ID;
        assertEquals(
                "here", said(command("echo here >" + name + " && cat " + name).rootfs(Rootfs.hostCopy())));
        assertTrue(Files.notExists(Path.of(name)));
    }

    @Test
    void aTerminalNeedsNoGroupOfItsOwn() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        driver.run(
                command("tty")
                        .process(ProcessConfig.builder("sh", "-c", "tty")
                                .terminal(true)
                                .build())
                        .build(),
                Pipes.terminal(InputStream.nullInputStream(), out),
                started -> {});
        assertEquals("/dev/pts/0", out.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void processesAreFoundWithoutCgroups() throws InterruptedException {
        Command command = command("sleep 1000 & sleep 1000 & echo; wait").build();
        running(command, id -> {
            List<String> arguments = driver.processes(id).stream()
                    .map(ProcessInfo::arguments)
                    .map(List::getFirst)
                    .toList();
            assertEquals(3, arguments.size(), arguments::toString);
            driver.killAll(id, Signal.KILL);
        });
    }

    @Test
    void aFurtherProcessIsRun() throws InterruptedException {
        running(command("echo; sleep 1000").build(), id -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                driver.exec(
                        id,
                        ProcessConfig.builder("sh", "-c", "echo $$").build(),
                        Pipes.output(out, out),
                        started -> {});
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            assertTrue(out.toString(StandardCharsets.UTF_8).strip().matches("[2-9][0-9]*"), out::toString);
            driver.terminate(id);
        });
    }

    /** Runs it until what is done with it, once it has said something, has ended it. */
    private void running(Command command, Consumer<ContainerId> action) throws InterruptedException {
        CountDownLatch said = new CountDownLatch(1);
        CountDownLatch began = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                driver.run(command, Pipes.output(new Telling(said), new Telling(said)), started -> began.countDown());
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        said.await();
        began.await();
        action.accept(command.id());
        thread.join();
    }

    @Test
    void furtherUsersAreRefused() {
        refused(
                "/etc/subuid has no line for this user",
                command("true")
                        .process(ProcessConfig.builder("sh")
                                .user(new User.Ids(1000, 1000))
                                .build()));
    }

    @Test
    void limitsAreRefused() {
        assertTrue(!driver.features().contains(Feature.LIMIT_MEMORY));
        refused("memory controller", command("true").resources(limits -> limits.memory(ByteSize.ofMib(64))));
        refused("pids controller", command("true").resources(limits -> limits.pids(10)));
    }

    @Test
    void whatTakesCgroupsIsRefused() {
        refused("no cgroup is delegated", command("true").cgroup(new CgroupPlacement.Parent("/somewhere")));
        refused(
                "which processes are the container's",
                command("true").namespaces(command("").build().namespaces().withPid(NamespaceChoice.HOST)));
    }
}
