// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.User;
import dev.caisson.nativedriver.cgroup.CgroupStep;
import dev.caisson.nativedriver.cgroup.Version;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plans for exec, for processes of the host, and for cleaning. */
class OtherPlannersTest {
    private static final long TAG = 0x1234_5678_9abcL;
    private static final long NEWUSER = 0x1000_0000;
    private static final long NEWIPC = 0x0800_0000;

    private static final Command CONTAINER = TestPlans.usual()
            .namespaces(Namespaces.standard().withIpc(NamespaceChoice.HOST))
            .process(ProcessConfig.builder("server")
                    .env("PATH", "/bin")
                    .env("MODE", "own")
                    .cwd(ContainerPath.of("/srv"))
                    .user(User.parse("app"))
                    .groups(List.of("audio"))
                    .umask(027)
                    .noNewPrivileges(true)
                    .rlimit(new Rlimit(Rlimit.Type.CORE, 0, 0))
                    .apparmorProfile("docker-default")
                    .oomScoreAdj(3)
                    .terminal(true)
                    .initReaper(true)
                    .build())
            .build();

    private static PlanDecoder exec(ProcessConfig process) {
        ExecPlanner planner =
                new ExecPlanner(TestPlans.KERNEL, TestPlans.MACHINE, command -> Optional.of(TestPlans.FILTER));
        try (LaunchPlan plan = planner.plan(
                new ExecTarget(CONTAINER, TAG, 77),
                process,
                List.of(new CgroupStep.Join(Version.V1, "/cg/memory/caisson/a")),
                List.of(),
                LaunchOptions.none())) {
            return new PlanDecoder(plan);
        }
    }

    @Test
    void execGoesWhereTheContainerIs() {
        PlanDecoder plan = exec(ProcessConfig.builder("sh").build());
        assertEquals(PlanKind.EXEC.value(), plan.kind());
        assertEquals(List.of("a"), plan.strings(EntryType.ID));
        assertEquals(TAG, plan.one(EntryType.TARGET).u64());
        PlanDecoder.Entry join = plan.one(EntryType.NS_JOIN);
        long flags = join.u32();
        assertEquals(0, flags & (NEWUSER | NEWIPC), "those of the host");
        assertEquals(0x6602_0000, flags);
        assertEquals(0, join.u32(), "the init of the target");
        assertEquals(List.of("/cg/memory/caisson/a/tasks"), plan.strings(EntryType.CGROUP_JOIN));
        for (EntryType type : List.of(EntryType.NS_NEW, EntryType.MOUNT, EntryType.DEVICE, EntryType.CGROUP_MKDIR)) {
            assertEquals(List.of(), plan.all(type));
        }
        assertFalse(plan.has(PlanFlag.NEW_ROOT) || plan.has(PlanFlag.KILL_CGROUP) || plan.has(PlanFlag.LOOPBACK));
    }

    @Test
    void whatExecLeavesOpenIsTheContainersOwn() {
        PlanDecoder plan = exec(
                ProcessConfig.builder("sh").env("MODE", "exec").env("X", "y").build());
        assertEquals(
                List.of("PATH=/bin", "MODE=exec", "X=y"),
                plan.one(EntryType.ENV).strings());
        assertEquals(List.of("/srv"), plan.strings(EntryType.CWD));
        assertEquals(List.of("app"), plan.strings(EntryType.USER));
        assertEquals(List.of("audio"), plan.one(EntryType.GROUPS).strings());
        assertEquals(027, plan.one(EntryType.UMASK).u32());
        assertEquals(3, plan.one(EntryType.OOM_SCORE_ADJ).i32());
        assertEquals(1, plan.all(EntryType.RLIMIT).size());
        assertEquals(List.of("docker-default"), plan.strings(EntryType.APPARMOR));
        assertEquals(1, plan.all(EntryType.SECCOMP).size());
        assertTrue(plan.has(PlanFlag.NO_NEW_PRIVS));
        assertFalse(plan.has(PlanFlag.TTY), "a terminal is each process's own");
        assertFalse(plan.has(PlanFlag.INIT_REAPER));
    }

    @Test
    void whatExecSaysHolds() {
        PlanDecoder plan = exec(ProcessConfig.builder("sh")
                .cwd(ContainerPath.of("/tmp"))
                .user(User.ROOT)
                .umask(0)
                .noNewPrivileges(false)
                .terminal(true)
                .rlimit(new Rlimit(Rlimit.Type.NOFILE, 5, 6))
                .build());
        assertEquals(List.of("/tmp"), plan.strings(EntryType.CWD));
        assertEquals(1, plan.all(EntryType.IDENTITY).size());
        assertEquals(List.of(), plan.all(EntryType.USER));
        assertEquals(List.of(), plan.all(EntryType.GROUPS), "the groups were another user's");
        assertEquals(0, plan.one(EntryType.UMASK).u32());
        assertEquals(7, plan.one(EntryType.RLIMIT).u32());
        assertTrue(plan.has(PlanFlag.TTY));
        assertFalse(plan.has(PlanFlag.NO_NEW_PRIVS));
    }

    @Test
    void privilegedExec() {
        PlanDecoder plan = exec(ProcessConfig.builder("sh").privileged(true).build());
        PlanDecoder.Entry capabilities = plan.one(EntryType.CAPS);
        assertEquals(TestPlans.CAPABILITIES, capabilities.u64());
        assertEquals(TestPlans.CAPABILITIES, capabilities.u64());
        assertEquals(List.of(), plan.all(EntryType.SECCOMP));
        assertEquals(List.of(), plan.all(EntryType.APPARMOR));
    }

    @Test
    void hook() {
        Hook hook = new Hook(Path.of("/bin/hook"), List.of("name", "arg"), Map.of("K", "v"), Optional.empty());
        Descriptor state = Descriptor.borrowed(9, "state");
        try (LaunchPlan finished =
                new HostPlanner().plan(ContainerId.of("a"), hook, List.of(Stdio.descriptor(0, state)))) {
            PlanDecoder plan = new PlanDecoder(finished);
            assertEquals(PlanKind.HOST.value(), plan.kind());
            assertEquals(
                    List.of(
                            EntryType.ID,
                            EntryType.STDIO,
                            EntryType.CWD,
                            EntryType.PROGRAM,
                            EntryType.ARGV,
                            EntryType.ENV),
                    plan.types());
            assertEquals(List.of("/bin/hook"), plan.strings(EntryType.PROGRAM));
            assertEquals(List.of("name", "arg"), plan.one(EntryType.ARGV).strings());
            assertEquals(List.of("K=v"), plan.one(EntryType.ENV).strings());
            assertTrue(plan.has(PlanFlag.AUTO_CLEAN));
            assertEquals(List.of(state), finished.descriptors());
        }
    }

    @Test
    void clean() {
        try (LaunchPlan finished = new CleanPlanner()
                .plan(ContainerId.of("a"), List.of("/cg/a", "/cg/b"), List.of(Path.of("/m")), List.of(Path.of("/d")))) {
            PlanDecoder plan = new PlanDecoder(finished);
            assertEquals(PlanKind.CLEAN.value(), plan.kind());
            assertEquals(List.of("/cg/a", "/cg/b"), plan.strings(EntryType.REMOVE_CGROUP));
            assertEquals(List.of("/m"), plan.strings(EntryType.UNMOUNT));
            assertEquals(List.of("/d"), plan.strings(EntryType.REMOVE_TREE));
        }
    }
}
