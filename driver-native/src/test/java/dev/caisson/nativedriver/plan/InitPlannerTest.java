// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import dev.caisson.nativedriver.cgroup.CgroupStep;
import dev.caisson.nativedriver.cgroup.Version;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InitPlannerTest {
    private static Set<PlanFlag> flags(PlanDecoder plan) {
        EnumSet<PlanFlag> flags = EnumSet.noneOf(PlanFlag.class);
        Arrays.stream(PlanFlag.values()).filter(plan::has).forEach(flags::add);
        return flags;
    }

    /** The whole of what a container as Docker makes it comes to; each entry's content is another test's. */
    @Test
    void theUsualCommand() {
        PlanDecoder plan = TestPlans.decode(TestPlans.usual().build());
        assertEquals(PlanKind.INIT.value(), plan.kind());
        assertEquals(
                EnumSet.of(
                        PlanFlag.NEW_KEYRING,
                        PlanFlag.LOOPBACK,
                        PlanFlag.CREATE_CWD,
                        PlanFlag.DEFAULT_HOME,
                        PlanFlag.NEW_ROOT,
                        PlanFlag.DEV_SETUP),
                flags(plan));
        assertEquals(
                "[ID, REPORT, REMOVE_CGROUP, CGROUP_MKDIR, CGROUP_WRITE, CGROUP_JOIN, NS_NEW, ROOT_BIND, MOUNT x7,"
                        + " DEVICE x6, MASK x12, READONLY x5, UMASK, CWD, ARGV, ENV, IDENTITY, CAPS, SECCOMP]",
                counted(plan.types()));
        assertEquals(List.of("a"), plan.strings(EntryType.ID));
        assertEquals(0x6e02_0000, plan.one(EntryType.NS_NEW).u32());
        assertEquals(List.of("/srv/root"), plan.strings(EntryType.ROOT_BIND));
        assertEquals(List.of("sh", "-c", "true"), plan.one(EntryType.ARGV).strings());
        assertEquals(List.of("PATH=/bin"), plan.one(EntryType.ENV).strings());
        assertEquals(List.of("/"), plan.strings(EntryType.CWD));
        assertEquals(022, plan.one(EntryType.UMASK).u32());
    }

    private static String counted(List<EntryType> types) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < types.size(); ) {
            int next = i;
            while (next < types.size() && types.get(next) == types.get(i)) {
                next++;
            }
            text.append(i == 0 ? "" : ", ").append(types.get(i)).append(next - i > 1 ? " x" + (next - i) : "");
            i = next;
        }
        return text.append("]").toString();
    }

    @Test
    void cgroups() {
        PlanDecoder plan = TestPlans.decode(TestPlans.usual().build());
        PlanDecoder.Entry make = plan.one(EntryType.CGROUP_MKDIR);
        assertEquals(0, make.u32());
        assertEquals("/cg/memory/caisson/a", make.string());
        make.end();
        PlanDecoder.Entry write = plan.one(EntryType.CGROUP_WRITE);
        assertEquals("/cg/memory/caisson/a/limit", write.string());
        assertEquals("64", write.string());
        write.end();
        assertEquals(List.of("/cg/memory/caisson/a/tasks"), plan.strings(EntryType.CGROUP_JOIN));
        assertEquals(List.of("/cg/memory/caisson/a/failcnt"), plan.strings(EntryType.REPORT));
        assertEquals(List.of("/cg/memory/caisson/a"), plan.strings(EntryType.REMOVE_CGROUP));
    }

    @Test
    void aProcessIsBornInItsUnifiedCgroup() {
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            CgroupEntries.write(
                    writer,
                    List.of(
                            new CgroupStep.Join(Version.V2, "/cg/unified/a"),
                            new CgroupStep.Devices("/cg/unified/a", new byte[] {1, 2, 3})));
            try (LaunchPlan finished = writer.finish()) {
                PlanDecoder plan = new PlanDecoder(finished);
                assertEquals(List.of("/cg/unified/a"), plan.strings(EntryType.CGROUP_INTO));
                assertTrue(plan.has(PlanFlag.CGROUP_IN_PARENT));
                PlanDecoder.Entry devices = plan.one(EntryType.CGROUP_DEVICES);
                assertEquals("/cg/unified/a", devices.string());
                assertArrayEquals(new byte[] {1, 2, 3}, devices.bytes());
                devices.end();
            }
        }
    }

    @Test
    void options() {
        Descriptor gate = Descriptor.borrowed(99, "gate");
        LaunchOptions options = LaunchOptions.none()
                .withAwaitContinue(true)
                .withHold(true)
                .withAutoClean(true)
                .withBlob("who".getBytes(StandardCharsets.UTF_8))
                .withGate(gate)
                .withCleanup(List.of(Path.of("/run/m")), List.of(Path.of("/run/d"), Path.of("/run/e")));
        try (LaunchPlan plan =
                TestPlans.planner().plan(TestPlans.bare().build(), TestPlans.CGROUPS, List.of(), options)) {
            PlanDecoder decoded = new PlanDecoder(plan);
            assertTrue(flags(decoded).containsAll(Set.of(PlanFlag.AWAIT_CONTINUE, PlanFlag.HOLD, PlanFlag.AUTO_CLEAN)));
            assertArrayEquals(
                    "who".getBytes(StandardCharsets.UTF_8),
                    decoded.one(EntryType.BLOB).bytes());
            assertEquals(1, decoded.one(EntryType.GATE_FIFO).u32());
            assertEquals(List.of(gate), plan.descriptors());
            assertEquals(List.of("/run/m"), decoded.strings(EntryType.UNMOUNT));
            assertEquals(List.of("/run/d", "/run/e"), decoded.strings(EntryType.REMOVE_TREE));
        }
    }

    @Test
    void hooksMakeTheLaunchWait() {
        Hook hook = new Hook(
                Path.of("/bin/hook"), List.of("hook", "x"), Map.of("K", "v"), Optional.of(Duration.ofSeconds(2)));
        List<Hook> none = List.of();
        PlanDecoder runtime = TestPlans.decode(TestPlans.bare()
                .hooks(new Hooks(none, List.of(hook), none, none, List.of(hook), List.of(hook)))
                .build());
        assertTrue(runtime.has(PlanFlag.AWAIT_CONTINUE));
        assertFalse(runtime.has(PlanFlag.HOLD));
        assertEquals(List.of(), runtime.all(EntryType.HOOK_CREATE));

        PlanDecoder container = TestPlans.decode(TestPlans.bare()
                .hooks(new Hooks(none, none, List.of(Hook.of(Path.of("/bin/plain"))), List.of(hook, hook), none, none))
                .build());
        assertTrue(container.has(PlanFlag.AWAIT_CONTINUE) && container.has(PlanFlag.HOLD));
        PlanDecoder.Entry plain = container.one(EntryType.HOOK_CREATE);
        assertEquals("/bin/plain", plain.string());
        assertEquals(List.of("/bin/plain"), plain.strings());
        assertEquals(List.of(), plain.strings());
        assertEquals(0, plain.u32());
        plain.end();
        assertEquals(2, container.all(EntryType.HOOK_START).size());
        PlanDecoder.Entry start = container.all(EntryType.HOOK_START).get(0);
        assertEquals("/bin/hook", start.string());
        assertEquals(List.of("hook", "x"), start.strings());
        assertEquals(List.of("K=v"), start.strings());
        assertEquals(2000, start.u32());
        start.end();
    }

    @Test
    void streams() {
        Descriptor out = Descriptor.borrowed(5, "out");
        Descriptor extra = Descriptor.borrowed(6, "extra");
        List<Stdio> stdio = List.of(
                Stdio.descriptor(4, out),
                Stdio.descriptor(3, extra),
                Stdio.kept(),
                Stdio.spool(1, Path.of("/run/spool")),
                Stdio.sameAsStdout());
        try (LaunchPlan plan =
                TestPlans.planner().plan(TestPlans.bare().build(), TestPlans.CGROUPS, stdio, LaunchOptions.none())) {
            PlanDecoder decoded = new PlanDecoder(plan);
            List<PlanDecoder.Entry> standard = decoded.all(EntryType.STDIO);
            assertEquals(
                    List.of("0 3 0 ", "1 2 0 /run/spool", "2 4 0 "),
                    standard.stream()
                            .map(entry -> entry.u32() + " " + entry.u32() + " " + entry.u32() + " " + entry.string())
                            .toList());
            assertEquals(
                    List.of("1 as 3", "2 as 4"),
                    decoded.all(EntryType.KEEP_FD).stream()
                            .map(entry -> entry.u32() + " as " + entry.u32())
                            .toList());
            assertEquals(List.of(extra, out), plan.descriptors());
        }
    }

    @Test
    void whatIsHiddenAndSet() {
        PlanDecoder plan = TestPlans.decode(TestPlans.usual()
                .hostname("box")
                .domainname("nis")
                .sysctl("net.ipv4.ip_forward", "1")
                .build());
        assertEquals(List.of("box"), plan.strings(EntryType.HOSTNAME));
        assertEquals(List.of("nis"), plan.strings(EntryType.DOMAINNAME));
        PlanDecoder.Entry sysctl = plan.one(EntryType.SYSCTL);
        assertEquals("net.ipv4.ip_forward", sysctl.string());
        assertEquals("1", sysctl.string());
        sysctl.end();
        assertTrue(plan.strings(EntryType.MASK).contains("/proc/kcore"));
        assertTrue(plan.strings(EntryType.READONLY).contains("/proc/sys"));
    }

    @Test
    void devices() {
        PlanDecoder plan = TestPlans.decode(TestPlans.usual().build());
        PlanDecoder.Entry zero = plan.all(EntryType.DEVICE).get(1);
        assertEquals("/dev/zero", zero.string());
        assertEquals('c', zero.u32());
        assertEquals(1, zero.u32());
        assertEquals(5, zero.u32());
        assertEquals(0666, zero.u32());
        assertEquals(0, zero.u32());
        assertEquals(0, zero.u32());
        zero.end();
    }
}
