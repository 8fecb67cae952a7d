// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;

/** A cgroup of this machine below a parent of its own, with processes in it. Closing it removes everything. */
final class RealCgroup implements AutoCloseable {
    private static final int SIGKILL = 9;

    final Kernel kernel = new JnrKernel();
    final Poller poller = new Poller(kernel);
    final CgroupManager manager;
    final CgroupPlan plan;
    final Cgroup cgroup;
    private final List<Process> processes = new ArrayList<>();

    RealCgroup(Resources resources, Predicate<Hierarchy> trees) {
        Assumptions.assumeTrue(kernel.processes().effectiveUid() == 0, "needs root");
        CgroupLayout all = CgroupLayout.detect(kernel);
        CgroupLayout layout =
                new CgroupLayout(all.hierarchies().stream().filter(trees).toList(), List.of(), false);
        Assumptions.assumeFalse(layout.hierarchies().isEmpty(), "needs cgroups of that kind");
        manager = new CgroupManager(kernel, poller, layout);
        CgroupPlace place =
                new CgroupPlace("/caisson-test-" + kernel.processes().pid() + "/a");
        plan = manager.plan("a", place, resources);
        for (CgroupStep step : plan.steps()) {
            switch (step) {
                case CgroupStep.MakeDirectory make -> kernel.files().makeDirectory(make.path(), 0755);
                case CgroupStep.Write write -> kernel.files().write(write.path(), write.value());
                case CgroupStep.Devices devices -> attach(devices);
                case CgroupStep.Join join -> {}
            }
        }
        cgroup = manager.open("a", place, 0);
    }

    private void attach(CgroupStep.Devices devices) {
        try (Descriptor directory = kernel.files().open(devices.directory(), OpenFlag.READ, OpenFlag.DIRECTORY);
                Descriptor program = kernel.programs().loadDeviceProgram(devices.program())) {
            kernel.programs().attachDeviceProgram(directory, program);
        }
    }

    static RealCgroup of(Resources resources) {
        return new RealCgroup(resources, tree -> true);
    }

    /** Skips the test where memory belongs to the other version. */
    static void assumeMemoryIn(Version version) {
        boolean there = CgroupLayout.detect(new JnrKernel())
                .of("memory")
                .filter(tree -> tree.version() == version)
                .isPresent();
        Assumptions.assumeTrue(there, "needs the memory controller in cgroup " + version);
    }

    /** Runs a script in it; it begins only when it is in all trees. */
    Process start(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", "read go; " + script).start();
        processes.add(process);
        for (CgroupStep step : plan.steps()) {
            if (step instanceof CgroupStep.Join join) {
                kernel.files().write(join.processes(), Long.toString(process.pid()));
            }
        }
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return process;
    }

    /** Whether some tree has a control file. */
    boolean has(String file) {
        return plan.removals().stream().anyMatch(directory -> kernel.files().exists(directory + "/" + file));
    }

    /** A control file's content, from whichever tree has it. */
    String read(String file) {
        return plan.removals().stream()
                .map(directory -> kernel.files().readIfPresent(directory + "/" + file))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow()
                .strip();
    }

    /** What the cgroup says now, as it would be reported at the end. */
    ExitReport report() throws IOException {
        List<Optional<byte[]>> contents = new ArrayList<>();
        for (String path : plan.reportFiles()) {
            contents.add(Optional.of(Files.readAllBytes(Path.of(path))));
        }
        return ExitReport.parse(plan.reportFiles(), contents);
    }

    @Override
    public void close() {
        try {
            cgroup.signalAll(SIGKILL);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        processes.forEach(process -> process.destroyForcibly().onExit().join());
        poller.close();
        for (String directory : plan.removals()) {
            remove(directory);
            kernel.files().removeDirectory(directory.substring(0, directory.lastIndexOf('/')));
        }
    }

    private void remove(String directory) {
        for (DirectoryEntry entry : kernel.files().list(directory)) {
            if (entry.type() == FileType.DIRECTORY) {
                remove(directory + "/" + entry.name());
            }
        }
        while (true) {
            try {
                kernel.files().removeDirectory(directory);
                return;
            } catch (KernelException e) {
                // A killed process that we are not the parent of leaves the cgroup when its reaper gets to it.
                if (!e.is(Errno.EBUSY)) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }
}
