// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static dev.caisson.nativedriver.live.Checkpoints.COUNTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.User;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.nativedriver.procfs.ProcessStatus;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container that was brought back is one like any other. */
@Timeout(60)
class RestoredContainerRootTest {
    private static final int CAP_SYS_RESOURCE = 24;

    private LiveDriver live;
    private Checkpoints checkpoints;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
        checkpoints = new Checkpoints(live);
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    private String exec(Container container, String script) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExecStatus status = live.driver()
                .exec(
                        container.id(),
                        live.process("sh", "-c", script).build(),
                        Pipes.combined(output),
                        StartCallback.NONE);
        assertEquals(new Termination.Exited(0), status.termination(), output.toString(StandardCharsets.UTF_8));
        return output.toString(StandardCharsets.UTF_8).strip();
    }

    private Container back(Command command) throws InterruptedException {
        checkpoints.write(command);
        Lines lines = new Lines();
        Container restored = checkpoints.restore(command, Pipes.combined(lines));
        Checkpoints.count(lines, 2);
        return restored;
    }

    @Test
    void itsExitCodeIsLearnt() throws Exception {
        Container restored = back(live.shell("code", COUNTER));
        checkpoints.tell(restored, "exit 7");
        assertEquals(new Termination.Exited(7), restored.await().termination());
    }

    @Test
    void itIsPausedCountedUpdatedAndTerminated() throws Exception {
        Command command = live.command("limits", "sh", "-c", COUNTER)
                .resources(resources -> resources.memory(ByteSize.ofMib(64)).pids(50))
                .build();
        Container restored = back(command);
        live.driver().pause(restored.id());
        assertEquals(ContainerState.PAUSED, restored.state());
        live.driver().unpause(restored.id());
        assertEquals(64 << 20, live.driver().stats(restored.id()).memoryLimit());
        assertTrue(live.driver().processes(restored.id()).stream()
                .anyMatch(process -> process.pid() == restored.init().pid()));
        live.driver().terminate(restored.id());
        assertEquals(ContainerState.EXITED, restored.state());
    }

    @Test
    void itsMemoryLimitKills() throws Exception {
        Command command = live.command("oom", "sh", "-c", COUNTER)
                .resources(resources -> resources.memory(ByteSize.ofMib(32)))
                .build();
        Container restored = back(command);
        checkpoints.tell(restored, "a=x; while :; do a=$a$a; done");
        assertTrue(restored.await().oomKilled());
    }

    @Test
    void itHasItsMountsAndWhatIsInMemory() throws Exception {
        Path shared = live.directory("shared");
        Files.writeString(shared.resolve("fact"), "from outside");
        Command command = live.command("mounts", "sh", "-c", "echo kept > /scratch/fact; " + COUNTER)
                .mount(Mount.bind(shared, ContainerPath.of("/data/in"), MountFlag.READONLY))
                .mount(Mount.tmpfs(ContainerPath.of("/scratch"), ByteSize.of(1 << 20), 0755))
                .mount(Mount.content(ContainerPath.of("/etc/told"), "told\n", 0644))
                .build();
        Container restored = back(command);
        assertEquals("from outside", exec(restored, "cat /data/in/fact"));
        assertEquals("kept", exec(restored, "cat /scratch/fact"));
        assertEquals("told", exec(restored, "cat /etc/told"));
        assertEquals(
                "refused",
                exec(restored, "echo x > /data/in/fact || echo refused").lines().reduce("", (a, b) -> b));
        assertEquals("", exec(restored, "cat /proc/timer_list"));
    }

    @Test
    void itsMountsAreThoseOfANewOne() throws Exception {
        String facts = "cut -d' ' -f4-6 /proc/self/mountinfo | sed 's/size=[^ ]*//' | sort";
        Command command = live.command("same", "sh", "-c", COUNTER)
                .rootfs(Rootfs.directory(live.rootfs()).withReadonly(true))
                .build();
        Lines lines = new Lines();
        Container container = checkpoints.start(command, Pipes.combined(lines), lines);
        String before = exec(container, facts);
        live.driver().checkpoint(command.id(), CheckpointOptions.into(checkpoints.images(), false));
        live.driver().clean(command.id());
        Container restored = checkpoints.restore(command, Pipes.discard());
        assertEquals(before, exec(restored, facts));
    }

    @Test
    void itsRootMayBeAnother() throws Exception {
        Command first = live.command("first", "sh", "-c", COUNTER)
                .mount(Mount.content(ContainerPath.of("/some/where/told"), "told\n", 0644))
                .build();
        checkpoints.write(first);
        Path other = live.directory("other");
        Path bin = Files.createDirectory(other.resolve("bin"));
        Files.copy(live.rootfs().resolve("bin/busybox"), bin.resolve("busybox"));
        for (String applet : List.of("sh", "sleep", "cat")) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        Command second = live.command("second", "sh", "-c", COUNTER)
                .rootfs(Rootfs.directory(other))
                .mount(Mount.content(ContainerPath.of("/some/where/told"), "anew\n", 0644))
                .build();
        Container restored = checkpoints.restore(second, Pipes.discard());
        assertEquals("anew", exec(restored, "cat /some/where/told"));
        assertEquals(
                List.of("second"),
                live.driver().containers().stream()
                        .map(container -> container.id().value().replaceAll(".*-", ""))
                        .toList());
    }

    @Test
    void itsUserAndPrivilegesAreTheSame() throws Exception {
        ProcessStatus own = ProcessStatus.parse(Files.readString(Path.of("/proc/self/status")));
        Assumptions.assumeTrue(own.may(CAP_SYS_RESOURCE), "CRIU needs CAP_SYS_RESOURCE for processes of other users");
        String facts = "grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp):?' /proc/1/status";
        Command command = Command.builder(live.id("user"))
                .process(live.process("sh", "-c", COUNTER)
                        .user(new User.Ids(1000, 1000))
                        .build())
                .rootfs(Rootfs.directory(live.rootfs()))
                .build();
        Lines lines = new Lines();
        Container container = checkpoints.start(command, Pipes.combined(lines), lines);
        String before = exec(container, facts);
        live.driver().checkpoint(command.id(), CheckpointOptions.into(checkpoints.images(), false));
        live.driver().clean(command.id());
        Container restored = checkpoints.restore(command, Pipes.discard());
        assertEquals(before, exec(restored, facts));
    }

    @Test
    void itsNetworkIsMadeAnew() throws Exception {
        Container restored = back(live.command("net", "sh", "-c", COUNTER)
                .sysctl("net.ipv4.ip_unprivileged_port_start", "77")
                .build());
        assertEquals("77", exec(restored, "cat /proc/sys/net/ipv4/ip_unprivileged_port_start"));
        assertTrue(exec(restored, "cat /sys/class/net/lo/flags").endsWith("9"), "lo is down");
        Container joined = live.driver()
                .create(
                        live.command("joined", "sleep", "1000")
                                .network(Network.of(restored.id()))
                                .build(),
                        Pipes.discard());
        joined.start();
        assertEquals("77", exec(joined, "cat /proc/sys/net/ipv4/ip_unprivileged_port_start"));
    }

    @Test
    void theHostsNetworkStaysTheHosts() throws Exception {
        Container restored = back(live.command("host", "sh", "-c", COUNTER)
                .network(Network.host())
                .build());
        assertEquals(
                Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString(),
                Files.readSymbolicLink(Path.of("/proc/" + restored.init().pid() + "/ns/net"))
                        .toString());
    }

    @Test
    void itReadsNewInputAndWritesToAnotherFile() throws Exception {
        Path out = live.directory("out");
        Command command = live.shell(
                "streams", "echo begun; while read line; do echo \"got $line\"; echo heard >&2; done; echo end");
        PipedOutputStream typed = new PipedOutputStream();
        Lines follow = new Lines();
        Container container = live.driver()
                .create(
                        command,
                        new Pipes.Streams(
                                new Input.FromStream(new PipedInputStream(typed)),
                                new Output.ToFile(out.resolve("first"), false),
                                new Output.ToStream(follow),
                                List.of()));
        container.start();
        typed.write("one\n".getBytes(StandardCharsets.UTF_8));
        typed.flush();
        assertEquals("heard", follow.next());
        live.driver().checkpoint(command.id(), CheckpointOptions.into(checkpoints.images(), false));
        live.driver().clean(command.id());
        PipedOutputStream again = new PipedOutputStream();
        Container restored = checkpoints.restore(
                command,
                new Pipes.Streams(
                        new Input.FromStream(new PipedInputStream(again)),
                        new Output.ToFile(out.resolve("second"), false),
                        new Output.Discard(),
                        List.of()));
        again.write("two\n".getBytes(StandardCharsets.UTF_8));
        again.close();
        assertEquals(new Termination.Exited(0), restored.await().termination());
        assertEquals("got two\nend\n", Files.readString(out.resolve("second")));
        assertEquals("begun\ngot one\n", Files.readString(out.resolve("first")));
    }

    @Test
    void itsTerminalComesBack() throws Exception {
        Command command = Command.builder(live.id("terminal"))
                .process(
                        live.process("sh", "-c", "stty -echo; echo begun; while read line; do echo \"got $line\"; done")
                                .terminal(true)
                                .build())
                .rootfs(Rootfs.directory(live.rootfs()))
                .build();
        Lines before = new Lines();
        Container container =
                live.driver().create(command, Pipes.terminal(new PipedInputStream(new PipedOutputStream()), before));
        container.start();
        assertEquals("begun", before.next());
        live.driver().checkpoint(command.id(), CheckpointOptions.into(checkpoints.images(), false));
        live.driver().clean(command.id());
        Lines after = new Lines();
        PipedOutputStream typed = new PipedOutputStream();
        Container restored = checkpoints.restore(command, Pipes.terminal(new PipedInputStream(typed), after));
        typed.write("hello\n".getBytes(StandardCharsets.UTF_8));
        typed.flush();
        assertEquals("got hello", after.next());
        restored.process().resize(new ConsoleSize(33, 99));
        assertEquals("33 99", exec(restored, "stty size < /proc/1/fd/0"));
    }

    /** The shell's own output has been put aside for as long as the loop runs. */
    @Test
    void streamsThatAShellHasPutAsideComeBack() throws Exception {
        Command command = live.shell(
                "aside", "i=0; while [ ! -e /tmp/stop ]; do i=$((i+1)); echo $i; sleep 0.05; done >&2; echo end");
        Lines out = new Lines();
        Lines err = new Lines();
        Container container = live.driver().create(command, Pipes.output(out, err));
        container.start();
        Checkpoints.count(err, 3);
        live.driver().checkpoint(command.id(), CheckpointOptions.into(checkpoints.images(), false));
        live.driver().clean(command.id());
        Lines outAgain = new Lines();
        Lines errAgain = new Lines();
        checkpoints.restore(command, Pipes.output(outAgain, errAgain));
        Checkpoints.count(errAgain, 3);
        Files.createFile(live.rootfs().resolve("tmp/stop"));
        assertEquals("end", outAgain.next());
    }

    @Test
    void itsLayersAreMountedAnew() throws Exception {
        Path upper = live.directory("upper");
        Path work = live.directory("work");
        Command command = live.command("layers", "sh", "-c", "echo kept > /fact; " + COUNTER)
                .rootfs(Rootfs.overlay(List.of(live.rootfs()), new Rootfs.WritableLayer(upper, work)))
                .build();
        Container restored = back(command);
        assertEquals("kept", exec(restored, "cat /fact"));
        exec(restored, "echo more > /more");
        assertEquals("more\n", Files.readString(upper.resolve("more")));
    }
}
