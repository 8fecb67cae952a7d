// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.CpuAffinity;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.IoPriority;
import dev.caisson.driver.command.MemoryPolicy;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.Personality;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Scheduler;
import dev.caisson.driver.command.User;
import dev.caisson.driver.command.UserNamespace;
import dev.caisson.driver.pipes.ConsoleSize;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProcessEntriesTest {
    private static final long DOCKER = 0xa804_25fbL;

    private static PlanDecoder decode(Consumer<ProcessConfig.Builder> change) {
        return TestPlans.decode(TestPlans.withProcess(change));
    }

    private static List<Long> capabilities(PlanDecoder plan) {
        PlanDecoder.Entry entry = plan.one(EntryType.CAPS);
        List<Long> sets = List.of(entry.u64(), entry.u64(), entry.u64(), entry.u64(), entry.u64());
        entry.end();
        return sets;
    }

    @Test
    void rootWithDockersCapabilitiesUnlessSaidOtherwise() {
        PlanDecoder plan = decode(process -> {});
        PlanDecoder.Entry identity = plan.one(EntryType.IDENTITY);
        assertEquals("0:0", identity.u32() + ":" + identity.u32());
        identity.end();
        assertEquals(List.of(), plan.all(EntryType.USER));
        assertEquals(List.of(), plan.all(EntryType.GROUPS));
        assertEquals(List.of(DOCKER, DOCKER, DOCKER, 0L, 0L), capabilities(plan));
        assertFalse(plan.has(PlanFlag.NO_NEW_PRIVS));
    }

    @Test
    void users() {
        PlanDecoder numbers = decode(process -> process.user(new User.Ids(4_294_967_294L, 7)));
        PlanDecoder.Entry identity = numbers.one(EntryType.IDENTITY);
        assertEquals("4294967294:7", identity.u32() + ":" + identity.u32());
        PlanDecoder names =
                decode(process -> process.user(User.parse("www-data:adm")).groups(List.of("audio", "29")));
        assertEquals(List.of("www-data:adm"), names.strings(EntryType.USER));
        assertEquals(List.of(), names.all(EntryType.IDENTITY));
        assertEquals(List.of("audio", "29"), names.one(EntryType.GROUPS).strings());
    }

    @Test
    void everyCapabilityIsWhatTheMachineHas() {
        assertEquals(
                List.of(TestPlans.CAPABILITIES, TestPlans.CAPABILITIES, TestPlans.CAPABILITIES, 0L, 0L),
                capabilities(decode(process -> process.capabilities(Capabilities.all()))));
    }

    @Test
    void inAUserNamespaceEveryCapabilityIsEveryOne() {
        IdMappings maps = new IdMappings(List.of(new IdMapping(0, 0, 1)), List.of(new IdMapping(0, 0, 1)));
        PlanDecoder plan = TestPlans.decode(TestPlans.bare()
                .rootfs(Rootfs.directory(Path.of("/")))
                .namespaces(Namespaces.standard().withUser(UserNamespace.mapped(maps)))
                .process(ProcessConfig.builder("true")
                        .capabilities(Capabilities.all())
                        .build())
                .build());
        assertEquals(0x1ff_ffff_ffffL, capabilities(plan).get(0));
    }

    @Test
    void eachSetIsItsOwn() {
        EnumSet<Capability> some = EnumSet.of(Capability.CHOWN, Capability.KILL);
        Capabilities sets = new Capabilities(
                EnumSet.of(Capability.CHOWN, Capability.KILL, Capability.NET_RAW),
                EnumSet.of(Capability.KILL),
                some,
                EnumSet.of(Capability.CHOWN, Capability.NET_RAW),
                EnumSet.of(Capability.CHOWN));
        assertEquals(
                List.of(1L | 1 << 5 | 1 << 13, 1L << 5, 1L | 1 << 5, 1L | 1 << 13, 1L),
                capabilities(decode(process -> process.capabilities(sets))));
    }

    @Test
    void terminal() {
        PlanDecoder plan = decode(process -> process.terminal(true).consoleSize(new ConsoleSize(24, 80)));
        assertTrue(plan.has(PlanFlag.TTY));
        PlanDecoder.Entry size = plan.one(EntryType.CONSOLE_SIZE);
        assertEquals("24x80", size.u32() + "x" + size.u32());
        size.end();
    }

    @Test
    void program() {
        PlanDecoder plan = decode(process -> process.cwd(ContainerPath.of("/work"))
                .env("B", "2")
                .env("A", "1=x")
                .umask(077)
                .noNewPrivileges(true)
                .initReaper(true));
        assertEquals(List.of("/work"), plan.strings(EntryType.CWD));
        assertEquals(List.of("B=2", "A=1=x"), plan.one(EntryType.ENV).strings());
        assertEquals(077, plan.one(EntryType.UMASK).u32());
        assertTrue(plan.has(PlanFlag.NO_NEW_PRIVS) && plan.has(PlanFlag.INIT_REAPER));
    }

    @Test
    void limits() {
        PlanDecoder plan = decode(process -> process.rlimit(new Rlimit(Rlimit.Type.NOFILE, 1024, 4096))
                .rlimit(new Rlimit(Rlimit.Type.CORE, 0, -1))
                .oomScoreAdj(-17));
        assertEquals(
                List.of("7 1024 4096", "4 0 -1"),
                plan.all(EntryType.RLIMIT).stream()
                        .map(entry -> entry.u32() + " " + entry.u64() + " " + entry.u64())
                        .toList());
        assertEquals(-17, plan.one(EntryType.OOM_SCORE_ADJ).i32());
    }

    @Test
    void scheduling() {
        PlanDecoder plan = decode(process -> process.scheduler(new Scheduler(
                        Scheduler.Policy.DEADLINE,
                        -5,
                        0,
                        Set.of(Scheduler.Flag.RESET_ON_FORK, Scheduler.Flag.DL_OVERRUN),
                        1,
                        2,
                        3))
                .ioPriority(new IoPriority(IoPriority.Level.BEST_EFFORT, 6))
                .cpuAffinity(new CpuAffinity(Optional.of("0-2,64"), Optional.of("7")))
                .memoryPolicy(new MemoryPolicy(MemoryPolicy.Mode.BIND, "1", Set.of(MemoryPolicy.Flag.STATIC_NODES)))
                .personality(Personality.LINUX32));
        PlanDecoder.Entry scheduler = plan.one(EntryType.SCHEDULER);
        assertEquals(6, scheduler.u32());
        assertEquals(5, scheduler.u64());
        assertEquals(-5, scheduler.i32());
        assertEquals(0, scheduler.u32());
        assertEquals("1 2 3", scheduler.u64() + " " + scheduler.u64() + " " + scheduler.u64());
        scheduler.end();
        PlanDecoder.Entry priority = plan.one(EntryType.IO_PRIORITY);
        assertEquals("2 6", priority.u32() + " " + priority.u32());
        assertArrayEquals(
                new byte[] {7, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0},
                plan.one(EntryType.CPU_AFFINITY_INITIAL).bytes());
        assertArrayEquals(
                new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0},
                plan.one(EntryType.CPU_AFFINITY).bytes());
        PlanDecoder.Entry policy = plan.one(EntryType.MEMORY_POLICY);
        assertEquals(2 | 1 << 15, policy.u32());
        assertArrayEquals(new byte[] {2, 0, 0, 0, 0, 0, 0, 0}, policy.bytes());
        policy.end();
        assertEquals(8, plan.one(EntryType.PERSONALITY).u64());
    }

    @Test
    void labels() {
        PlanDecoder plan =
                decode(process -> process.apparmorProfile("docker-default").selinuxLabel("a_t"));
        assertEquals(List.of("docker-default"), plan.strings(EntryType.APPARMOR));
        assertEquals(List.of("a_t"), plan.strings(EntryType.SELINUX));
        assertEquals(
                List.of(),
                decode(process -> process.apparmorProfile("unconfined")).strings(EntryType.APPARMOR),
                "without AppArmor there is nothing to be freed of");
    }

    @Test
    void filter() {
        PlanDecoder.Entry seccomp = decode(process -> {}).one(EntryType.SECCOMP);
        assertEquals(4, seccomp.u32());
        assertArrayEquals(TestPlans.FILTER.instructions(), seccomp.bytes());
        seccomp.end();
    }
}
