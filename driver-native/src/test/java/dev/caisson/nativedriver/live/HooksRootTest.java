// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import dev.caisson.driver.pipes.Pipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HooksRootTest {
    private LiveDriver live;
    private Path log;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
        log = Files.createDirectory(live.rootfs().resolve("hooks"));
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    /** Keeps the state that it is told, in the order of the hooks. */
    private Hook noting(Path directory, String name) {
        String script = "cat > " + directory + "/" + name + "; echo " + name + " >> " + directory + "/order";
        return new Hook(Path.of("/bin/busybox"), List.of("sh", "-c", script), Map.of("PATH", "/bin"), Optional.empty());
    }

    private static Hook failing(String script) {
        return new Hook(Path.of("/bin/busybox"), List.of("sh", "-c", script), Map.of(), Optional.empty());
    }

    private Command command(Hooks hooks) {
        return live.command("a", "sh", "-c", "echo process >> /hooks/order")
                .hooks(hooks)
                .build();
    }

    private JsonNode state(String name) throws IOException {
        return new ObjectMapper().readTree(log.resolve(name).toFile());
    }

    private Hook tellingUmask(Path directory, String name) {
        String script = "umask >> " + directory + "/umask-" + name;
        return new Hook(Path.of("/bin/busybox"), List.of("sh", "-c", script), Map.of(), Optional.empty());
    }

    @Test
    void thoseOfTheHostHaveTheEnginesUmask() throws Exception {
        Hooks hooks = new Hooks(
                List.of(tellingUmask(log, "prestart")),
                List.of(tellingUmask(log, "createRuntime")),
                List.of(tellingUmask(log, "createContainer")),
                List.of(tellingUmask(Path.of("/hooks"), "startContainer")),
                List.of(tellingUmask(log, "poststart")),
                List.of(tellingUmask(log, "poststop")));
        live.driver()
                .run(
                        live.command("a", "true")
                                .process(live.process("true").umask(0077).build())
                                .hooks(hooks)
                                .build(),
                        Pipes.discard(),
                        StartCallback.NONE);
        String own = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Umask:"))
                .findFirst()
                .orElseThrow()
                .split("\t", -1)[1];
        for (String name : List.of("prestart", "createRuntime", "createContainer", "poststart", "poststop")) {
            assertEquals(List.of(own), Files.readAllLines(log.resolve("umask-" + name)), name);
        }
        assertEquals(List.of("0077"), Files.readAllLines(log.resolve("umask-startContainer")));
    }

    @Test
    void allSixInTheirOrderWithTheState() throws Exception {
        Hooks hooks = new Hooks(
                List.of(noting(log, "prestart")),
                List.of(noting(log, "createRuntime"), noting(log, "createRuntime2")),
                List.of(noting(log, "createContainer")),
                List.of(noting(Path.of("/hooks"), "startContainer")),
                List.of(noting(log, "poststart")),
                List.of(noting(log, "poststop")));
        live.driver().run(command(hooks), Pipes.discard(), StartCallback.NONE);
        List<String> order = Files.readAllLines(log.resolve("order"));
        assertEquals(
                List.of("prestart", "createRuntime", "createRuntime2", "createContainer", "startContainer"),
                order.subList(0, 5));
        assertEquals(
                List.of("poststart", "process"),
                order.subList(5, 7).stream().sorted().toList());
        assertEquals("poststop", order.get(7));
        assertEquals("creating", state("createRuntime").get("status").asText());
        assertEquals("created", state("startContainer").get("status").asText());
        assertEquals("running", state("poststart").get("status").asText());
        assertEquals("stopped", state("poststop").get("status").asText());
        assertEquals(live.id("a").value(), state("prestart").get("id").asText());
        assertEquals(live.rootfs().toString(), state("prestart").get("bundle").asText());
        assertTrue(state("createContainer").get("pid").asInt() > 0);
        assertTrue(state("poststop").path("pid").isMissingNode());
    }

    private LaunchException refused(Hooks hooks) {
        LaunchException refusal = assertThrows(
                LaunchException.class, () -> live.driver().run(command(hooks), Pipes.discard(), StartCallback.NONE));
        assertEquals(StandardErrorCode.HOOK_FAILED, refusal.code(), refusal.getMessage());
        assertEquals("hook", refusal.phase());
        assertTrue(!Files.exists(log.resolve("order")), "the process was started");
        return refusal;
    }

    private static Hooks with(List<Hook> createRuntime, List<Hook> createContainer, List<Hook> startContainer) {
        return new Hooks(List.of(), createRuntime, createContainer, startContainer, List.of(), List.of());
    }

    @Test
    void oneThatFailsBeforeTheStartFailsIt() {
        Hook failing = failing("echo this is why >&2; exit 3");
        LaunchException runtime = refused(with(List.of(failing), List.of(), List.of()));
        assertTrue(
                String.valueOf(runtime.getMessage()).contains("exit code 3 and said: this is why"),
                runtime.getMessage());
        refused(with(List.of(), List.of(failing), List.of()));
        refused(with(List.of(), List.of(), List.of(failing)));
    }

    @Test
    void oneThatRunsTooLongIsKilled() {
        Hook slow = new Hook(
                Path.of("/bin/busybox"), List.of("sleep", "1000"), Map.of(), Optional.of(Duration.ofMillis(200)));
        LaunchException runtime = refused(with(List.of(slow), List.of(), List.of()));
        assertTrue(String.valueOf(runtime.getMessage()).contains("timeout of PT0.2S"), runtime.getMessage());
        refused(with(List.of(), List.of(slow), List.of()));
    }

    @Test
    void oneThatFailsAfterTheStartChangesNothing() throws Exception {
        Hook failing = failing("exit 3");
        Hooks hooks = new Hooks(
                List.of(), List.of(), List.of(), List.of(), List.of(failing), List.of(failing, noting(log, "second")));
        assertEquals(
                0,
                live.driver()
                        .run(command(hooks), Pipes.discard(), StartCallback.NONE)
                        .shellCode());
        assertEquals(List.of("process", "second"), Files.readAllLines(log.resolve("order")));
    }

    @Test
    void poststopIsRunAfterAFailedStart() throws Exception {
        Hooks hooks = new Hooks(
                List.of(),
                List.of(failing("exit 3")),
                List.of(),
                List.of(),
                List.of(),
                List.of(noting(log, "poststop")));
        assertThrows(
                LaunchException.class, () -> live.driver().run(command(hooks), Pipes.discard(), StartCallback.NONE));
        assertEquals(List.of("poststop"), Files.readAllLines(log.resolve("order")));
    }
}
