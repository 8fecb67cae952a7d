// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.nativedriver.cgroup.CgroupHold;
import dev.caisson.nativedriver.cgroup.CgroupPlace;
import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.cgroup.CgroupStep;
import dev.caisson.nativedriver.cgroup.Version;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.machine.KernelVersion;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.seccomp.SeccompFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Commands, and what becomes of them. The machine is made up, so that the plans are the same everywhere. */
final class TestPlans {
    static final Kernel KERNEL = new JnrKernel();

    /** All capabilities up to CHECKPOINT_RESTORE but SYS_RESOURCE. */
    static final long CAPABILITIES = 0x1ff_feff_ffffL;

    static final MachineFacts MACHINE = new MachineFacts(
            CAPABILITIES,
            CAPABILITIES,
            0x1ff_ffff_ffffL,
            0,
            Map.of(),
            1_048_576,
            false,
            false,
            Set.of("allow", "errno"),
            Set.of("mnt", "pid", "net", "ipc", "uts", "cgroup", "user", "time"),
            new KernelVersion(6, 1),
            false,
            true,
            Optional.empty());

    static final SeccompFilter FILTER = new SeccompFilter(4, new byte[] {6, 0, 0, 0, 0, 0, 1, 2}, Optional.empty());

    static final CgroupPlan CGROUPS = new CgroupPlan(
            "a",
            CgroupPlace.of(CgroupPlacement.STANDARD, "a"),
            List.of(
                    new CgroupStep.MakeDirectory("/cg/memory/caisson/a", false),
                    new CgroupStep.Write("resources.memory.limit", "/cg/memory/caisson/a/limit", "64"),
                    new CgroupStep.Join(Version.V1, "/cg/memory/caisson/a")),
            List.of("/cg/memory/caisson/a/failcnt"),
            List.of("/cg/memory/caisson/a"),
            CgroupHold.NONE);

    private TestPlans() {}

    static InitPlanner planner() {
        return planner(id -> {
            throw new AssertionError("no container is joined");
        });
    }

    static InitPlanner planner(NamespaceSource containers) {
        return new InitPlanner(KERNEL, MACHINE, command -> Optional.of(FILTER), containers, command -> List.of());
    }

    /** A command as Docker makes it. */
    static Command.Builder usual() {
        return Command.builder(ContainerId.of("a"))
                .process(ProcessConfig.builder("sh", "-c", "true")
                        .env("PATH", "/bin")
                        .build())
                .rootfs(Rootfs.directory(Path.of("/srv/root")));
    }

    /** A command with nothing in it but a program. */
    static Command.Builder bare() {
        return Command.bare(ContainerId.of("a")).process("true").rootfs(Rootfs.directory(Path.of("/srv/root")));
    }

    static Command withProcess(Consumer<ProcessConfig.Builder> change) {
        ProcessConfig.Builder process = ProcessConfig.builder("true");
        change.accept(process);
        return bare().process(process.build()).build();
    }

    static PlanDecoder decode(Command command) {
        return decode(command, LaunchOptions.none());
    }

    static PlanDecoder decode(Command command, LaunchOptions options) {
        try (LaunchPlan plan = planner().plan(command, CGROUPS, List.of(), options)) {
            return new PlanDecoder(plan);
        }
    }
}
