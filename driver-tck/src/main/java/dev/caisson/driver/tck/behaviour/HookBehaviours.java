// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Probe;
import dev.caisson.driver.tck.probe.Step;
import dev.caisson.driver.tck.probe.Steps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs run at points of a container's life. */
public interface HookBehaviours {
    private static Hook recording(
            HookPoint point, Path root, String name, Map<String, String> env, Optional<Duration> timeout) {
        String files = point.isInside() ? "/" + name : root.resolve(name).toString();
        String order = point.isInside() ? "/order" : root.resolve("order").toString();
        List<Step> steps = List.of(Steps.record(files, order));
        List<String> argv = new ArrayList<>(Probe.inline(steps));
        argv.set(0, "sh");
        return new Hook(shell(point, root), argv, env, timeout);
    }

    /** The name by which busybox is called says what it is to be, so that the first argument is seen to arrive. */
    private static Path shell(HookPoint point, Path root) {
        return point.isInside() ? Path.of("/bin/busybox") : root.resolve("bin/busybox");
    }

    private static Hook failing(HookPoint point, Path root) {
        return new Hook(
                shell(point, root), List.of("sh", "-c", "echo broken hook >&2; exit 9"), Map.of(), Optional.empty());
    }

    private static Hook endless(HookPoint point, Path root) {
        return new Hook(
                shell(point, root),
                List.of("sh", "-c", "exec sleep 1000000"),
                Map.of("PATH", "/bin:/usr/bin"),
                Optional.of(Duration.ofMillis(200)));
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    @Needs({Feature.HOOKS, Feature.ROOTFS_DIRECTORY})
    @Observes({
        "hooks.prestart.path", "hooks.prestart.args", "hooks.prestart.env",
        "hooks.createRuntime.path", "hooks.createRuntime.args", "hooks.createRuntime.env",
        "hooks.createContainer.path", "hooks.createContainer.args", "hooks.createContainer.env",
        "hooks.startContainer.path", "hooks.startContainer.args", "hooks.startContainer.env",
        "hooks.poststart.path", "hooks.poststart.args", "hooks.poststart.env",
        "hooks.poststop.path", "hooks.poststop.args", "hooks.poststop.env",
        "annotations"
    })
    default void everyHookRunsAndIsToldTheState(HookPoint point, Kit kit) throws Exception {
        Path root = kit.newRootfs();
        ContainerId id = kit.newId();
        Map<String, String> env = Map.of("PATH", "/bin:/usr/bin", "OF_THE_HOOK", "its own");
        Hook hook = recording(point, root, "hook", env, Optional.empty());
        Live<ExitStatus> live = kit.start(kit.command(id, kit.process(show(Fact.NAMESPACE, "net"), readLine()))
                .rootfs(Rootfs.directory(root))
                .annotation("org.example.note", "of the container")
                .hooks(point.with(hook)));
        String network = live.line();
        live.input().line("go");
        live.says("heard go").await();
        List<String> environment = Files.readAllLines(root.resolve("hook.env"));
        assertEquals(
                List.of("OF_THE_HOOK=its own", "PATH=/bin:/usr/bin"),
                environment.stream().sorted().toList());
        String state = Files.readString(root.resolve("hook.state")).replaceAll("\\s*([:,{}])\\s*", "$1");
        assertTrue(state.contains("\"id\":\"" + id + "\""), state);
        assertTrue(state.contains("\"status\":\"" + point.status() + "\""), state);
        assertTrue(state.contains("\"org.example.note\":\"of the container\""), state);
        assertTrue(state.contains("\"ociVersion\":"), state);
        assertTrue(state.contains("\"bundle\":"), state);
        boolean inside = point == HookPoint.CREATE_CONTAINER || point == HookPoint.START_CONTAINER;
        List<String> namespaces = Files.readAllLines(root.resolve("hook.ns"));
        assertEquals(inside ? network : kit.machine().namespace("net"), namespaces.get(1), "its network namespace");
    }

    @Test
    @Needs({Feature.HOOKS, Feature.ROOTFS_DIRECTORY})
    default void hooksRunInTheirOrder(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Hooks hooks = Hooks.none();
        for (HookPoint point : HookPoint.values()) {
            hooks = point.add(
                    hooks, recording(point, root, point.name(), Map.of("PATH", "/bin:/usr/bin"), Optional.empty()));
        }
        String before = kit.answer(kit.command(show(Fact.FILE, "/order"))
                .rootfs(Rootfs.directory(root))
                .hooks(hooks));
        String expected = "PRESTART|CREATE_RUNTIME|CREATE_CONTAINER|START_CONTAINER";
        assertTrue(before.equals(expected) || before.equals(expected + "|POSTSTART"), before);
        assertEquals(
                Arrays.stream(HookPoint.values()).map(Enum::name).toList(), Files.readAllLines(root.resolve("order")));
    }

    @Test
    @Needs({Feature.HOOKS, Feature.ROOTFS_DIRECTORY})
    default void severalHooksOfAPointRunInOrder(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Map<String, String> env = Map.of("PATH", "/bin:/usr/bin");
        List<Hook> two = List.of(
                recording(HookPoint.CREATE_RUNTIME, root, "first", env, Optional.empty()),
                recording(HookPoint.CREATE_RUNTIME, root, "second", env, Optional.empty()));
        kit.run(kit.command(line("x"))
                .rootfs(Rootfs.directory(root))
                .hooks(new Hooks(List.of(), two, List.of(), List.of(), List.of(), List.of())));
        assertEquals(List.of("first", "second"), Files.readAllLines(root.resolve("order")));
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    @Needs({Feature.HOOKS, Feature.ROOTFS_DIRECTORY})
    default void aFailingHookFailsTheStartUnlessItIsTooLate(HookPoint point, Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Command.Builder command =
                kit.command(line("ran")).rootfs(Rootfs.directory(root)).hooks(point.with(failing(point, root)));
        assertFailsIfFatal(kit, point, command);
    }

    private static void assertFailsIfFatal(Kit kit, HookPoint point, Command.Builder command)
            throws InterruptedException {
        if (point.isFatal()) {
            DriverException refusal = assertRefused(StandardErrorCode.HOOK_FAILED, () -> kit.run(command));
            assertTrue(String.valueOf(refusal.getMessage()).contains("busybox"), refusal::toString);
        } else {
            assertEquals("ran", kit.answer(command));
        }
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    @Needs({Feature.HOOKS, Feature.ROOTFS_DIRECTORY})
    @Observes({
        "hooks.prestart.timeout", "hooks.createRuntime.timeout", "hooks.createContainer.timeout",
        "hooks.startContainer.timeout", "hooks.poststart.timeout", "hooks.poststop.timeout"
    })
    default void aHookThatTakesTooLongIsKilled(HookPoint point, Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Command.Builder command =
                kit.command(line("ran")).rootfs(Rootfs.directory(root)).hooks(point.with(endless(point, root)));
        assertFailsIfFatal(kit, point, command);
    }

    @ParameterizedTest
    @EnumSource(HookPoint.class)
    @Needs({Feature.HOOKS, Feature.ROOTFS_DIRECTORY})
    default void aHookThatIsNotThereFailsLikeOneThatFails(HookPoint point, Kit kit) throws Exception {
        Path absent = kit.newAbsence("hook");
        Hook missing = new Hook(absent, List.of(), Map.of(), Optional.empty());
        Command.Builder command = kit.command(line("ran")).hooks(point.with(missing));
        if (point.isFatal()) {
            assertRefused(Set.of(ErrorKind.USER, ErrorKind.LAUNCH), List.of(absent.toString()), () -> kit.run(command));
        } else {
            assertEquals("ran", kit.answer(command));
        }
    }
}
