// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.oneshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.cgroup.CgroupLayout;
import dev.caisson.nativedriver.cgroup.CgroupManager;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.machine.MachineReader;
import dev.caisson.nativedriver.plan.InitPlanner;
import dev.caisson.nativedriver.procfs.ProcessStat;
import dev.caisson.nativedriver.seccomp.SeccompCache;
import dev.caisson.nativedriver.shim.Shim;
import dev.caisson.nativedriver.shim.ShimMode;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.Pumps;
import dev.caisson.nativedriver.stdio.StreamWiring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OneShotRootTest {
    private final Kernel kernel = new JnrKernel();
    private Poller poller;
    private CgroupManager cgroups;
    private OneShotCreate create;
    private Path root;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        Assumptions.assumeTrue(kernel.processes().effectiveUid() == 0, "needs root");
        poller = new Poller(kernel);
        cgroups = new CgroupManager(kernel, poller, CgroupLayout.detect(kernel));
        MachineFacts facts = MachineReader.read(kernel);
        InitPlanner planner = new InitPlanner(
                kernel,
                facts,
                new SeccompCache(kernel, facts),
                id -> {
                    throw new AssertionError("no other container is there");
                },
                command -> List.of());
        create = new OneShotCreate(kernel, cgroups, planner, StreamWiring.piped(kernel, new Pumps(kernel, poller)));
        root = directory.resolve("root");
    }

    /** A tied shim on the same directory cleans by the record that was left there. */
    @AfterEach
    void remove() throws Exception {
        Files.deleteIfExists(root.resolve("gate"));
        Shim.open(kernel, ShimMode.TIED, root, (process, held) -> ShimProcess.Listener.NONE)
                .close();
        poller.close();
        assertFalse(Files.exists(root));
        for (Path tree : List.of(Path.of("/sys/fs/cgroup/pids/caisson"), Path.of("/sys/fs/cgroup/caisson"))) {
            assertFalse(Files.exists(tree.resolve(id().value())));
        }
    }

    private ContainerId id() {
        return ContainerId.of("one-shot-" + ProcessHandle.current().pid());
    }

    private Command command(String... args) {
        Command.Builder builder = Command.builder(id())
                .process(args)
                .rootfs(Rootfs.hostCopy())
                .mount(Mount.bind(directory, ContainerPath.of("/mnt")));
        return builder.build();
    }

    private ProcessIdentity create(Command command) throws InterruptedException {
        AtomicReference<ProcessIdentity> told = new AtomicReference<>();
        ProcessIdentity init = create.create(
                command,
                Pipes.discard(),
                root,
                identity -> {
                    told.set(identity);
                    return new byte[0];
                },
                new byte[0]);
        assertEquals(told.get(), init);
        return init;
    }

    private Optional<ProcessStat> stat(ProcessIdentity process) {
        return kernel.files()
                .readIfPresent("/proc/" + process.pid() + "/stat")
                .map(ProcessStat::parse)
                .filter(stat -> stat.startTime() == process.startTime() && stat.state() != 'Z');
    }

    private void start(ProcessIdentity init, String program) throws InterruptedException {
        new OneShotGate(kernel, poller).open("start container", program, root, init);
    }

    @Test
    void waitsAtItsGateWithoutAnyShim() throws Exception {
        ProcessIdentity init = create(command("sh", "-c", "echo begun > /mnt/mark; exec sleep 1000"));
        assertTrue(stat(init).isPresent());
        int parent = stat(init).orElseThrow().parent();
        assertFalse(kernel.files().read("/proc/" + parent + "/cmdline").contains("one-shot"), "a shim is there");
        assertFalse(Files.exists(directory.resolve("mark")));
        start(init, "sh");
        while (!Files.exists(directory.resolve("mark"))) {
            Thread.onSpinWait();
        }
        assertTrue(stat(init).isPresent());
    }

    @Test
    void failureAtTheStartComesThroughTheGate() throws Exception {
        Path script = Files.writeString(directory.resolve("script"), "#!/nowhere/nix\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessIdentity init = create(command("/mnt/script"));
        LaunchException refusal = assertThrows(LaunchException.class, () -> start(init, "/mnt/script"));
        assertEquals(127, refusal.exitCode());
    }

    @Test
    void initThatWasKilledNeverComes() throws Exception {
        ProcessIdentity init = create(command("true"));
        kernel.processes().kill((int) init.pid(), 9);
        while (stat(init).isPresent()) {
            Thread.onSpinWait();
        }
        DriverException refusal = assertThrows(DriverException.class, () -> start(init, "true"));
        assertEquals(StandardErrorCode.NOT_RUNNING, refusal.code());
    }

    @Test
    void failureBeforeTheGateIsTold() {
        Command missing = Command.builder(id())
                .process("true")
                .rootfs(Rootfs.directory(directory.resolve("nowhere")))
                .build();
        assertThrows(LaunchException.class, () -> create(missing));
    }
}
