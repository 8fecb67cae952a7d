// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static dev.caisson.nativedriver.live.Checkpoints.COUNTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be asked of a checkpoint. */
@Timeout(60)
class CheckpointOptionsRootTest {
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

    private Container start(Command command) throws InterruptedException {
        Lines lines = new Lines();
        return checkpoints.start(command, Pipes.combined(lines), lines);
    }

    private CheckpointOptions options(Optional<String> cgroups, boolean tcp) {
        return new CheckpointOptions(
                checkpoints.images(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                tcp,
                false,
                false,
                false,
                false,
                Optional.empty(),
                cgroups,
                false);
    }

    private Container restore(Command command, Optional<Path> work, Optional<String> cgroups, boolean tcp)
            throws InterruptedException {
        Lines lines = new Lines();
        Container restored = live.driver()
                .restore(
                        command,
                        Pipes.combined(lines),
                        new RestoreOptions(checkpoints.images(), work, tcp, false, false, false, false, cgroups));
        Checkpoints.count(lines, 2);
        return restored;
    }

    @Test
    void connectionsAreKept() throws Exception {
        Command command = live.shell("tcp", Checkpoints.CONNECTED + COUNTER);
        start(command);
        try {
            live.driver().checkpoint(command.id(), options(Optional.empty(), true));
        } catch (DriverException refusal) {
            boolean lacks = Stream.of("nftables", "iptables", "nf_tables").anyMatch(refusal.getMessage()::contains);
            Assumptions.assumeFalse(lacks, "needs iptables, or nf_tables in the kernel");
            throw refusal;
        }
        live.driver().clean(command.id());
        assertEquals(
                ContainerState.RUNNING,
                restore(command, Optional.empty(), Optional.empty(), true).state());
    }

    @Test
    void cgroupsMayBeLeftAlone() throws Exception {
        for (String mode : List.of("ignore", "soft", "full")) {
            Command command = live.shell("cgroups" + mode, COUNTER);
            start(command);
            live.driver().checkpoint(command.id(), options(Optional.of(mode), false));
            live.driver().clean(command.id());
            Container restored = restore(command, Optional.empty(), Optional.of(mode), false);
            live.driver().terminate(restored.id());
            live.driver().clean(restored.id());
        }
        assertRefused(
                StandardErrorCode.INVALID_ARGUMENT,
                () -> restore(live.shell("none", COUNTER), Optional.empty(), Optional.of("hard"), false));
    }

    @Test
    void theLogGoesToTheWorkDirectory() throws Exception {
        Command command = live.shell("work", COUNTER);
        checkpoints.write(command);
        Path work = live.directory("work");
        restore(command, Optional.of(work), Optional.empty(), false);
        assertTrue(Files.exists(work.resolve("restore.log")));
    }

    @Test
    void hooksOfTheOutsideAreRun() throws Exception {
        Path log = live.directory("hooks").resolve("log");
        Hooks hooks = new Hooks(
                List.of(hook("prestart", log)),
                List.of(hook("createRuntime", log)),
                List.of(hook("createContainer", log)),
                List.of(),
                List.of(hook("poststart", log)),
                List.of(hook("poststop", log)));
        Command plain = live.shell("hooks", COUNTER);
        checkpoints.write(plain);
        Command hooked = live.command("hooks", "sh", "-c", COUNTER).hooks(hooks).build();
        Container restored = restore(hooked, Optional.empty(), Optional.empty(), false);
        live.driver().terminate(restored.id());
        live.driver().clean(restored.id());
        assertEquals(List.of("prestart", "createRuntime", "poststart", "poststop"), Files.readAllLines(log));
    }

    @Test
    void aHookThatFailsLeavesNothing() throws Exception {
        Command plain = live.shell("bad-hook", COUNTER);
        checkpoints.write(plain);
        Hook bad = Hook.of(Path.of("/bin/sh"), "sh", "-c", "exit 3");
        Command hooked = live.command("bad-hook", "sh", "-c", COUNTER)
                .hooks(new Hooks(List.of(), List.of(bad), List.of(), List.of(), List.of(), List.of()))
                .build();
        assertRefused(StandardErrorCode.HOOK_FAILED, () -> checkpoints.restore(hooked, Pipes.discard()));
        assertEquals(List.of(), live.driver().containers());
    }

    private static Hook hook(String name, Path log) {
        return Hook.of(Path.of("/bin/sh"), "sh", "-c", "echo " + name + " >> " + log);
    }

    private interface Action {
        void run() throws InterruptedException;
    }

    private static void assertRefused(StandardErrorCode code, Action action) {
        assertEquals(code, assertThrows(DriverException.class, action::run).code());
    }
}
