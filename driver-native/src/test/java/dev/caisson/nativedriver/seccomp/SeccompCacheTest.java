// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.machine.KernelVersion;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeccompCacheTest {
    private static final Kernel KERNEL = new JnrKernel();
    private static final long ALL = 0x1ff_ffff_ffffL;

    private final SeccompCache cache = new SeccompCache(
            KERNEL,
            new MachineFacts(
                    ALL,
                    ALL,
                    ALL,
                    0,
                    Map.of(),
                    1,
                    false,
                    false,
                    Set.of(),
                    Set.of(),
                    new KernelVersion(6, 1),
                    false,
                    true,
                    Optional.empty()));

    private static Command command(Seccomp seccomp, Set<Capability> capabilities) {
        Command.Builder builder = Command.builder(ContainerId.of("a"))
                .rootfs(Rootfs.hostCopy())
                .process(ProcessConfig.builder("true")
                        .capabilities(Capabilities.of(capabilities))
                        .build());
        return builder.security(Security.unconfined().withSeccomp(seccomp)).build();
    }

    private SeccompFilter filter(Seccomp seccomp) {
        return cache.filter(command(seccomp, Capabilities.standard().bounding()))
                .orElseThrow();
    }

    private static Seccomp.Profile profile(Seccomp.Rule... rules) {
        return new Seccomp.Profile(
                Seccomp.Action.ERRNO,
                OptionalInt.of(13),
                List.of(),
                Set.of(Seccomp.Flag.LOG),
                Optional.empty(),
                "",
                List.of(rules));
    }

    private static Seccomp.Rule rule(String name, Seccomp.Action action, int errno, Seccomp.Argument... arguments) {
        return new Seccomp.Rule(List.of(name), action, OptionalInt.of(errno), List.of(arguments));
    }

    @Test
    void whatTheBuildCompiledIsWhatWouldBeCompiledNow() {
        Architecture architecture =
                Architecture.ofMachine(KERNEL.processes().systemName().machine());
        SeccompFilter built = BuiltInFilter.load(architecture).orElseThrow();
        SeccompFilter now = BuiltInFilter.compile(KERNEL, architecture);
        assertArrayEquals(now.instructions(), built.instructions());
        assertEquals(now.flags(), built.flags());
        assertArrayEquals(built.instructions(), filter(Seccomp.STANDARD).instructions());
    }

    @Test
    void eachIsCompiledOnce() {
        assertSame(filter(Seccomp.STANDARD), filter(Seccomp.STANDARD));
        assertSame(
                filter(profile(rule("read", Seccomp.Action.ALLOW, 0))),
                filter(profile(rule("read", Seccomp.Action.ALLOW, 0))));
    }

    @Test
    void otherCapabilitiesAreAnotherFilter() {
        EnumSet<Capability> more = EnumSet.copyOf(Capabilities.standard().bounding());
        more.add(Capability.SYS_ADMIN);
        SeccompFilter open = cache.filter(command(Seccomp.STANDARD, more)).orElseThrow();
        assertFalse(Arrays.equals(open.instructions(), filter(Seccomp.STANDARD).instructions()));
    }

    @Test
    void unconfined() {
        assertEquals(Optional.empty(), cache.filter(command(Seccomp.UNCONFINED, Set.of())));
    }

    @Test
    void actionsAndTheirErrors() {
        SeccompFilter filter = filter(profile(
                rule("read", Seccomp.Action.ALLOW, 0),
                rule("write", Seccomp.Action.ERRNO, 5),
                rule("open", Seccomp.Action.TRACE, 7),
                rule("close", Seccomp.Action.TRAP, 0),
                rule("stat", Seccomp.Action.KILL_PROCESS, 0),
                rule("fstat", Seccomp.Action.KILL_THREAD, 0),
                rule("lstat", Seccomp.Action.LOG, 0),
                rule("poll", Seccomp.Action.ERRNO, 13),
                rule("no_such_call", Seccomp.Action.ALLOW, 0)));
        BpfMachine machine = new BpfMachine(filter.instructions());
        int[] expected = {0x7fff_0000, 0x0005_0005, 0x7ff0_0007, 0x0003_0000, 0x8000_0000, 0, 0x7ffc_0000, 0x0005_000d};
        for (int number = 0; number < expected.length; number++) {
            assertEquals(expected[number], machine.run(BpfMachine.X86_64, number), "call " + number);
        }
        assertEquals(0x0005_0026, machine.run(BpfMachine.X86_64, 8), "newer than what the profile names");
        assertEquals(2, filter.flags());
    }

    @Test
    void operators() {
        long large = 0x1_0000_0000L;
        assertVerdict(Seccomp.Operator.NOT_EQUAL, 5, 0, new long[] {4, 6, 5 + large}, new long[] {5});
        assertVerdict(Seccomp.Operator.LESS, 5, 0, new long[] {0, 4}, new long[] {5, 6, large});
        assertVerdict(Seccomp.Operator.LESS_EQUAL, 5, 0, new long[] {4, 5}, new long[] {6, large});
        assertVerdict(Seccomp.Operator.EQUAL, 5, 0, new long[] {5}, new long[] {4, 5 + large});
        assertVerdict(Seccomp.Operator.GREATER_EQUAL, 5, 0, new long[] {5, 6, large}, new long[] {4});
        assertVerdict(Seccomp.Operator.GREATER, large, 0, new long[] {large + 1, -1}, new long[] {large, 5});
        assertVerdict(Seccomp.Operator.MASKED_EQUAL, 6, 2, new long[] {2, 3, 10 + large}, new long[] {4, 6, 7});
    }

    private void assertVerdict(Seccomp.Operator operator, long value, long valueTwo, long[] allowed, long[] refused) {
        SeccompFilter filter = filter(
                profile(rule("read", Seccomp.Action.ALLOW, 0, new Seccomp.Argument(1, value, valueTwo, operator))));
        BpfMachine machine = new BpfMachine(filter.instructions());
        for (long argument : allowed) {
            assertEquals(0x7fff_0000, machine.run(BpfMachine.X86_64, 0, 9, argument), operator + " " + argument);
        }
        for (long argument : refused) {
            assertEquals(0x0005_000d, machine.run(BpfMachine.X86_64, 0, 9, argument), operator + " " + argument);
        }
    }

    @Test
    void notifications() {
        Seccomp.Profile notifying = new Seccomp.Profile(
                Seccomp.Action.ALLOW,
                OptionalInt.empty(),
                List.of(),
                Set.of(),
                Optional.of(Path.of("/run/agent")),
                "meta",
                List.of(rule("mkdir", Seccomp.Action.NOTIFY, 0)));
        SeccompFilter filter = filter(notifying);
        assertEquals(0x7fc0_0000, new BpfMachine(filter.instructions()).run(BpfMachine.X86_64, 83));
        assertEquals(8, filter.flags(), "SECCOMP_FILTER_FLAG_NEW_LISTENER");
        assertEquals(Optional.of(new SeccompFilter.Listener(Path.of("/run/agent"), "meta")), filter.listener());
    }

    @Test
    void mistakes() {
        DriverException twice = assertThrows(
                DriverException.class,
                () -> filter(profile(rule(
                        "read",
                        Seccomp.Action.ALLOW,
                        0,
                        new Seccomp.Argument(0, 1, 0, Seccomp.Operator.GREATER),
                        new Seccomp.Argument(0, 9, 0, Seccomp.Operator.LESS)))));
        assertEquals(ErrorKind.USER, twice.kind());
        assertTrue(twice.getMessage().contains("compare each argument only once"), twice.getMessage());
        Seccomp.Profile unknown = new Seccomp.Profile(
                Seccomp.Action.ALLOW,
                OptionalInt.empty(),
                List.of("SCMP_ARCH_VAX"),
                Set.of(),
                Optional.empty(),
                "",
                List.of());
        DriverException vax = assertThrows(DriverException.class, () -> filter(unknown));
        assertTrue(vax.getMessage().contains("\"SCMP_ARCH_VAX\" is no architecture"), vax.getMessage());
    }
}
