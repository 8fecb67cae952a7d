// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.SeccompListener;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which system calls a container may make. */
public interface SeccompBehaviours {
    private static Seccomp.Rule rule(
            Seccomp.Action action, OptionalInt errno, List<Seccomp.Argument> arguments, String... names) {
        return new Seccomp.Rule(List.of(names), action, errno, arguments);
    }

    private static Seccomp.Profile allowing(Seccomp.Rule... rules) {
        return new Seccomp.Profile(
                Seccomp.Action.ALLOW, OptionalInt.empty(), List.of(), Set.of(), Optional.empty(), "", List.of(rules));
    }

    private static Seccomp.Profile refusing(Seccomp.Rule... rules) {
        return new Seccomp.Profile(
                Seccomp.Action.ERRNO, OptionalInt.of(123), List.of(), Set.of(), Optional.empty(), "", List.of(rules));
    }

    private static Command.Builder filtered(Kit kit, Seccomp seccomp, Step... steps) {
        return kit.command(steps).security(new Security(seccomp, List.of(), List.of(), Optional.empty(), true));
    }

    private static Seccomp.Rule onMkdir(Seccomp.Action action, OptionalInt errno) {
        return rule(action, errno, List.of(), "mkdir", "mkdirat", "no_such_call");
    }

    @Test
    @Observes("security.seccomp(Unconfined)")
    default void anUnconfinedContainerHasNoFilter(Kit kit) throws Exception {
        assertEquals("0", kit.answer(filtered(kit, Seccomp.UNCONFINED, show(Fact.STATUS, "Seccomp"))));
    }

    @Test
    @Needs({Feature.SECCOMP, Feature.CAPABILITIES})
    @Observes("security.seccomp(Standard)")
    default void theStandardFilterIsDockers(Kit kit) throws Exception {
        List<String> lines = kit.answers(filtered(
                kit,
                Seccomp.STANDARD,
                show(Fact.STATUS, "Seccomp"),
                attempt(Deed.UNSHARE, "-U"),
                attempt(Deed.MAKE_DIRECTORY, "/made")));
        assertEquals("2", lines.get(0));
        assertTrue(lines.get(1).contains("Operation not permitted"), lines::toString);
        assertEquals("ok", lines.get(2));
        assertEquals("ok", kit.answer(filtered(kit, Seccomp.UNCONFINED, attempt(Deed.UNSHARE, "-U"))));
    }

    /** Docker's profile lets more through where the container has more capabilities. A user namespace needs none itself. */
    @Test
    @Needs(
            value = {Feature.SECCOMP, Feature.CAPABILITIES},
            toObserve = Facility.USER_NAMESPACE)
    @Observes("security.seccomp(Standard)")
    default void theStandardFilterDependsOnTheCapabilities(Kit kit) throws Exception {
        Security security = new Security(Seccomp.STANDARD, List.of(), List.of(), Optional.empty(), true);
        assertEquals(
                "ok",
                kit.answer(kit.command(kit.process(attempt(Deed.UNSHARE, "-U")).capabilities(Capabilities.all()))
                        .security(security)));
        String without = kit.answer(kit.command(attempt(Deed.UNSHARE, "-U")).security(security));
        assertTrue(without.contains("Operation not permitted"), without);
    }

    @Test
    @Needs(Feature.SECCOMP)
    @Observes({"security.seccomp(Profile).rules.names", "security.seccomp(Profile).rules.errno"})
    default void aRuleRefusesCalls(Kit kit) throws Exception {
        List<String> lines = kit.answers(filtered(
                kit,
                allowing(onMkdir(Seccomp.Action.ERRNO, OptionalInt.of(123))),
                attempt(Deed.MAKE_DIRECTORY, "/made"),
                attempt(Deed.WRITE, "/written", "x")));
        assertTrue(lines.get(0).contains("No medium found"), lines::toString);
        assertEquals("ok", lines.get(1));
    }

    @ParameterizedTest
    @EnumSource(value = Seccomp.Action.class, names = "NOTIFY", mode = EnumSource.Mode.EXCLUDE)
    @Needs(Feature.SECCOMP)
    @Observes("security.seccomp(Profile).rules.action")
    default void everyActionIsTaken(Seccomp.Action action, Kit kit) throws Exception {
        Seccomp.Rule rule = onMkdir(action, OptionalInt.empty());
        Seccomp.Profile profile = action == Seccomp.Action.ALLOW ? refusing(usual(), rule) : allowing(rule);
        String answer = kit.answer(filtered(kit, profile, attempt(Deed.MAKE_DIRECTORY, "/made")));
        switch (action) {
            case KILL_PROCESS, KILL_THREAD, TRAP ->
                assertTrue(answer.contains("Bad system call") || answer.startsWith("no 159"), answer);
            case ERRNO -> assertTrue(answer.contains("Operation not permitted"), answer);
            case TRACE -> assertTrue(answer.contains("Function not implemented"), answer);
            case LOG, ALLOW, NOTIFY -> assertEquals("ok", answer);
        }
    }

    /** What a shell of busybox needs, and everything by which a launcher tells that it could not start it. */
    private static Seccomp.Rule usual() {
        return rule(Seccomp.Action.ALLOW, OptionalInt.empty(), List.of(), UsualCalls.NAMES.toArray(String[]::new));
    }

    @Test
    @Needs(Feature.SECCOMP)
    @Observes({"security.seccomp(Profile).defaultAction", "security.seccomp(Profile).defaultErrno"})
    default void whatNoRuleNamesMeetsTheDefault(Kit kit) throws Exception {
        String answer = kit.answer(filtered(kit, refusing(usual()), attempt(Deed.MAKE_DIRECTORY, "/made")));
        assertTrue(answer.contains("No medium found"), answer);
    }

    /** A comparison of the second argument of kill(2), the signal, with whether it is met when that is 0. */
    private static Map<Seccomp.Argument, Boolean> comparisons() {
        return Map.ofEntries(
                Map.entry(new Seccomp.Argument(1, 0, 0, Seccomp.Operator.EQUAL), true),
                Map.entry(new Seccomp.Argument(1, 1, 0, Seccomp.Operator.EQUAL), false),
                Map.entry(new Seccomp.Argument(1, 1, 0, Seccomp.Operator.NOT_EQUAL), true),
                Map.entry(new Seccomp.Argument(1, 0, 0, Seccomp.Operator.NOT_EQUAL), false),
                Map.entry(new Seccomp.Argument(1, 1, 0, Seccomp.Operator.LESS), true),
                Map.entry(new Seccomp.Argument(1, 0, 0, Seccomp.Operator.LESS), false),
                Map.entry(new Seccomp.Argument(1, 0, 0, Seccomp.Operator.LESS_EQUAL), true),
                Map.entry(new Seccomp.Argument(1, 0, 0, Seccomp.Operator.GREATER_EQUAL), true),
                Map.entry(new Seccomp.Argument(1, 1, 0, Seccomp.Operator.GREATER_EQUAL), false),
                Map.entry(new Seccomp.Argument(1, 0, 0, Seccomp.Operator.GREATER), false),
                Map.entry(new Seccomp.Argument(1, 0xf0, 0, Seccomp.Operator.MASKED_EQUAL), true),
                Map.entry(new Seccomp.Argument(1, 0xf0, 0x10, Seccomp.Operator.MASKED_EQUAL), false),
                Map.entry(new Seccomp.Argument(0, 0, 0, Seccomp.Operator.EQUAL), false));
    }

    @Test
    @Needs(Feature.SECCOMP)
    @Observes({
        "security.seccomp(Profile).rules.arguments.index",
        "security.seccomp(Profile).rules.arguments.value",
        "security.seccomp(Profile).rules.arguments.valueTwo",
        "security.seccomp(Profile).rules.arguments.operator"
    })
    default void argumentsOfCallsAreCompared(Kit kit) throws Exception {
        for (Map.Entry<Seccomp.Argument, Boolean> comparison : comparisons().entrySet()) {
            Seccomp.Rule onKill = rule(Seccomp.Action.ERRNO, OptionalInt.of(123), List.of(comparison.getKey()), "kill");
            String answer = kit.answer(filtered(kit, allowing(onKill), attempt(Deed.SIGNAL_ZERO, "1")));
            assertEquals(
                    comparison.getValue(), answer.contains("No medium found"), () -> comparison + " gave " + answer);
        }
    }

    /** Calls of an architecture that the filter doesn't know are ended by it. */
    @Test
    @Needs(
            value = {Feature.SECCOMP, Feature.ROOTFS_DIRECTORY},
            toObserve = Facility.IA32)
    @Observes("security.seccomp(Profile).architectures")
    default void furtherArchitecturesAreAllowed(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Files.write(root.resolve("bin/exit42"), TinyProgram.exit42());
        Files.setPosixFilePermissions(root.resolve("bin/exit42"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Seccomp.Rule rule = onMkdir(Seccomp.Action.ERRNO, OptionalInt.empty());
        Seccomp.Profile both = new Seccomp.Profile(
                Seccomp.Action.ALLOW,
                OptionalInt.empty(),
                List.of("SCMP_ARCH_X86"),
                Set.of(),
                Optional.empty(),
                "",
                List.of(rule));
        Step execute = attempt(Deed.EXECUTE, "/bin/exit42");
        assertEquals("no 42: ", kit.answer(filtered(kit, both, execute).rootfs(Rootfs.directory(root))));
        String alone = kit.answer(filtered(kit, allowing(rule), execute).rootfs(Rootfs.directory(root)));
        assertFalse(alone.startsWith("no 42"), alone);
    }

    /** The flag LOG writes what was refused into the kernel's log, which says the program's name. */
    @Test
    @Needs(
            value = {Feature.SECCOMP, Feature.ROOTFS_DIRECTORY},
            toObserve = Facility.AUDIT)
    @Observes("security.seccomp(Profile).flags")
    default void refusedCallsAreLogged(Kit kit) throws Exception {
        String name = "busybox" + Long.toString(System.nanoTime(), 36).substring(0, 8);
        Path root = kit.newRootfs();
        Files.copy(root.resolve("bin/busybox"), root.resolve("bin").resolve(name));
        Seccomp.Profile logging = new Seccomp.Profile(
                Seccomp.Action.ALLOW,
                OptionalInt.empty(),
                List.of(),
                Set.of(Seccomp.Flag.LOG),
                Optional.empty(),
                "",
                List.of(onMkdir(Seccomp.Action.ERRNO, OptionalInt.empty())));
        // The kernel's log takes ten such lines in five seconds, which others may have used up.
        Instant end = Instant.now().plus(kit.patience());
        while (!kit.machine().log().contains(name) && Instant.now().isBefore(end)) {
            kit.run(kit.command(ProcessConfig.builder("/bin/" + name, "mkdir", "/made"))
                    .rootfs(Rootfs.directory(root))
                    .security(new Security(logging, List.of(), List.of(), Optional.empty(), true)));
        }
        assertTrue(kit.machine().log().contains(name), () -> "the program " + name + " in the kernel's log");
    }

    @Test
    @Needs({Feature.SECCOMP, Feature.SECCOMP_LISTENER})
    @Observes({"security.seccomp(Profile).listenerPath", "security.seccomp(Profile).listenerMetadata"})
    default void aListenerIsTold(Kit kit) throws Exception {
        try (SeccompListener listener =
                SeccompListener.open(kit.newDirectory("listener").resolve("socket"))) {
            Seccomp.Profile profile = new Seccomp.Profile(
                    Seccomp.Action.ALLOW,
                    OptionalInt.empty(),
                    List.of(),
                    Set.of(),
                    Optional.of(listener.path()),
                    "told to the listener",
                    List.of(onMkdir(Seccomp.Action.NOTIFY, OptionalInt.empty())));
            // The listener keeps no descriptor of the notifications, so that the kernel answers with ENOSYS.
            Live<ExitStatus> live = kit.start(filtered(kit, profile, attempt(Deed.MAKE_DIRECTORY, "/made")));
            String message = listener.message(kit.patience());
            assertTrue(message.contains("told to the listener"), message);
            assertTrue(message.contains(live.id().value()), message);
            String answer = live.line();
            assertTrue(answer.contains("Function not implemented"), answer);
        }
    }
}
