// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.machine.CapabilityMask;
import dev.caisson.nativedriver.machine.KernelVersion;
import dev.caisson.nativedriver.seccomp.BpfProgram.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rewritten filter says the same as the one that libseccomp made, of every number with many arguments. */
class FilterTreeTest {
    private static final Kernel KERNEL = new JnrKernel();
    private static final int[] ARCHITECTURES = {BpfMachine.X86_64, BpfMachine.I386, 0xc000_00b7, 0, -1};
    private static final int HIGHEST = 700;

    private static Seccomp.Profile docker() {
        long usual = CapabilityMask.of(Capabilities.standard().bounding());
        return DockerProfile.get().resolve(new SeccompTarget(Architecture.X86_64, new KernelVersion(6, 1), usual));
    }

    /** What libseccomp makes of a profile on its own. */
    private static BpfProgram plain(Seccomp.Profile profile) {
        int defaultAction = SeccompNumbers.action(
                profile.defaultAction(), profile.defaultErrno().orElse(1));
        try (FilterContext context = new FilterContext(LibSeccomp.load(), defaultAction)) {
            for (String name : profile.architectures()) {
                context.addArchitecture(context.architecture(
                        name.substring("SCMP_ARCH_".length()).toLowerCase(Locale.ROOT)));
            }
            for (Seccomp.Rule rule : profile.rules()) {
                int action = SeccompNumbers.action(rule.action(), rule.errno().orElse(1));
                for (String name : rule.names()) {
                    int number = context.systemCall(name);
                    if (number != -1 && action != defaultAction) {
                        assertEquals(0, context.addRule(action, number, rule.arguments()), name);
                    }
                }
            }
            return new FilterExport(KERNEL).take(context);
        }
    }

    private static List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>(List.of(-1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x3fff_ffff));
        for (int i = 0; i < HIGHEST; i++) {
            numbers.add(i);
            numbers.add(BpfMachine.X32_BIT | i);
        }
        return numbers;
    }

    private static void assertSameVerdicts(BpfProgram before, BpfProgram after, long seed) {
        BpfMachine first = new BpfMachine(before.encode());
        BpfMachine second = new BpfMachine(after.encode());
        SplittableRandom random = new SplittableRandom(seed);
        for (int architecture : ARCHITECTURES) {
            for (int number : numbers()) {
                for (int i = 0; i < 8; i++) {
                    long[] arguments = random.longs(6).toArray();
                    if (i < 6) {
                        // Numbers that rules are likely to compare with.
                        int at = i;
                        arguments = random.longs(6, 0, 50)
                                .map(value -> at < 3 ? value : value << 8 * at)
                                .toArray();
                    }
                    assertEquals(
                            first.run(architecture, number, arguments),
                            second.run(architecture, number, arguments),
                            "call " + number + " of " + Integer.toHexString(architecture));
                }
            }
        }
    }

    @Test
    void dockersProfile() {
        BpfProgram before = plain(docker());
        BpfProgram after = FilterTree.rewrite(before, NewestCalls.NONE);
        assertSameVerdicts(before, after, 1);
        assertTrue(after.size() * 2 < before.size(), before.size() + " became " + after.size());
    }

    @Test
    void callsThatAreNewerThanTheProfile() {
        SeccompFilter filter = new ProfileCompiler(KERNEL).compile(docker());
        BpfMachine before = new BpfMachine(plain(docker()).encode());
        BpfMachine after = new BpfMachine(filter.instructions());
        int changed = 0;
        for (int architecture : ARCHITECTURES) {
            for (int number : numbers()) {
                int was = before.run(architecture, number, 0, 0, 0, 0, 0, 0);
                int is = after.run(architecture, number, 0, 0, 0, 0, 0, 0);
                if (is != was) {
                    assertEquals(0x0005_0001, was, "only what was refused changes");
                    assertEquals(0x0005_0026, is);
                    changed++;
                }
            }
        }
        assertTrue(changed > 300, changed + " calls are new");
        assertEquals(0x0005_0026, after.run(BpfMachine.X86_64, 600), "a call that is not there yet");
        assertEquals(0x0005_0001, after.run(BpfMachine.X86_64, 165), "mount");
    }

    @Test
    void aProfileThatKillsKillsNewCallsToo() {
        Seccomp.Profile profile = new Seccomp.Profile(
                Seccomp.Action.KILL_PROCESS,
                OptionalInt.empty(),
                List.of(),
                Set.of(),
                Optional.empty(),
                "",
                List.of(new Seccomp.Rule(List.of("read"), Seccomp.Action.ALLOW, OptionalInt.empty(), List.of())));
        BpfMachine filter =
                new BpfMachine(new ProfileCompiler(KERNEL).compile(profile).instructions());
        assertEquals(0x8000_0000, filter.run(BpfMachine.X86_64, 600));
        assertEquals(0x7fff_0000, filter.run(BpfMachine.X86_64, 0));
    }

    @Test
    void randomProfiles() {
        List<String> names = docker().rules().get(0).names();
        for (long seed = 0; seed < 12; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Seccomp.Rule> rules = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                List<Seccomp.Argument> arguments = random.nextInt(3) > 0
                        ? List.of()
                        : List.of(new Seccomp.Argument(
                                random.nextInt(6),
                                random.nextInt(50),
                                random.nextInt(50),
                                Seccomp.Operator.values()[random.nextInt(7)]));
                rules.add(new Seccomp.Rule(
                        List.of(names.get(i * 5 + random.nextInt(5))),
                        arguments.isEmpty() && random.nextBoolean() ? Seccomp.Action.LOG : Seccomp.Action.ALLOW,
                        OptionalInt.empty(),
                        arguments));
            }
            Seccomp.Profile profile = new Seccomp.Profile(
                    Seccomp.Action.ERRNO,
                    OptionalInt.of(1),
                    seed % 2 == 0 ? List.of() : List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32"),
                    Set.of(),
                    Optional.empty(),
                    "",
                    rules);
            BpfProgram before = plain(profile);
            assertSameVerdicts(before, FilterTree.rewrite(before, NewestCalls.NONE), seed);
        }
    }

    @Test
    void whatCantBeFollowedStays() {
        BpfProgram odd = new BpfProgram(List.of(
                Instruction.of(BpfProgram.LOAD, BpfProgram.NUMBER),
                new Instruction(BpfProgram.IF_BITS, 0, 1, 1),
                Instruction.of(BpfProgram.RETURN, 0),
                Instruction.of(BpfProgram.RETURN, 1)));
        assertSame(odd, FilterTree.rewrite(odd, NewestCalls.NONE));
        BpfProgram unknown = new BpfProgram(List.of(Instruction.of(0x81, 0), Instruction.of(BpfProgram.RETURN, 1)));
        assertSame(unknown, FilterTree.rewrite(unknown, NewestCalls.NONE));
    }
}
