// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.nativedriver.cgroup.Cgroup;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.procfs.MountInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes containers to directories. Thread-safe. */
public final class Checkpoint {
    /** What a restore gives for the network namespace, which is made anew. */
    static final String NETWORK_KEY = "extRootNetNS";

    private static final String LOG = "dump.log";

    private final Kernel kernel;
    private final CriuTool tool;

    public Checkpoint(Kernel kernel, CriuTool tool) {
        this.kernel = kernel;
        this.tool = tool;
    }

    /**
     * Writes a running one. Not interruptible. If that fails it goes on as before.
     *
     * @param doing what is being done, for messages
     * @param init its pid
     * @throws DriverException UNSUPPORTED_FEATURE without a CRIU that will do; TOOL_FAILED with CRIU's own reason; KERNEL_LACKS for what CRIU can't do on this
     *     kernel; of kind USER for options that can't be
     */
    public void write(String doing, Command command, int init, Cgroup cgroup, CheckpointOptions options) {
        Uninterruptibly.run(() -> {
            writeNow(doing, command, init, cgroup, options);
            return init;
        });
    }

    private void writeNow(String doing, Command command, int init, Cgroup cgroup, CheckpointOptions options)
            throws InterruptedException {
        CriuCgroupMode mode = CriuCgroupMode.of(doing, options.cgroupsMode());
        checkParent(doing, options);
        CriuProgram program = tool.require(doing);
        checkFeatures(doing, program, options);
        List<Integer> processes = processes(init, cgroup);
        new ProcessTree(kernel.files(), init).check(doing, processes);
        List<MountInfo> mounts = mounts("/proc/" + init + "/mountinfo");
        CheckpointRecord record = record(doing, command, init, cgroup, processes, mounts);
        ImageDirectories directories = ImageDirectories.made(doing, options.imageDirectory(), options.workDirectory());
        CriuOptions criu = new CriuOptions(directories.images(), LOG);
        declare(doing, criu, options);
        criu.pid(init);
        criu.cgroupMode(mode);
        cgroup.freezerDirectory().ifPresent(criu::freezeCgroup);
        if (!(command.network().namespace() instanceof NamespaceChoice.Host)) {
            FileStat network = kernel.files().stat("/proc/" + init + "/ns/net");
            criu.external("net[" + network.inode() + "]:" + NETWORK_KEY);
        }
        record.mounts().forEach(mount -> criu.external("mnt[" + mount.path() + "]:" + mount.path()));
        StreamKeys.declare(record.streams(), criu);
        record.write(doing, options.imageDirectory());
        CriuType type = options.preDump() ? CriuType.SINGLE_PRE_DUMP : CriuType.DUMP;
        try (CriuProcess process = tool.start(doing, program.workingIn(directories.work()))) {
            CriuReply reply = process.ask(CriuRequest.of(type, criu), CriuConnection.Listener.NONE);
            if (!reply.success()) {
                throw CriuFailure.of(doing, directories.log(LOG), reply.errno());
            }
        }
    }

    private static void checkParent(String doing, CheckpointOptions options) {
        if (options.parentImage().filter(path -> path.isAbsolute()).isPresent()) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    doing,
                    "the parent image " + options.parentImage().get() + " is an absolute path",
                    "give it relative to the image directory, such as ../before");
        }
    }

    private static void checkFeatures(String doing, CriuProgram program, CheckpointOptions options) {
        if (options.preDump() || options.parentImage().isPresent()) {
            CriuFailure.checkFeature(doing, program, CriuFeature.MEMORY_TRACKING, "write the whole checkpoint at once");
        }
        if (options.lazyPages()) {
            CriuFailure.checkFeature(doing, program, CriuFeature.LAZY_PAGES, "leave lazyPages out");
        }
    }

    private static void declare(String doing, CriuOptions criu, CheckpointOptions options) {
        criu.leaveRunning(options.leaveRunning());
        criu.tcpEstablished(options.tcpEstablished());
        criu.externalUnixSockets(options.externalUnixSockets());
        criu.shellJob(options.shellJob());
        criu.fileLocks(options.fileLocks());
        criu.lazyPages(options.lazyPages());
        criu.autoDedup(options.autoDedup());
        criu.networkLock(CriuNetworkLock.of(options.tcpEstablished()));
        criu.trackMemory(options.preDump() || options.parentImage().isPresent());
        options.parentImage().ifPresent(path -> criu.parentImage(path.toString()));
        options.pageServer()
                .map(text -> PageServer.parse(doing, text))
                .ifPresent(server -> criu.pageServer(server.address(), server.port()));
    }

    private CheckpointRecord record(
            String doing, Command command, int init, Cgroup cgroup, List<Integer> processes, List<MountInfo> mounts) {
        FileCalls files = kernel.files();
        ContainerMounts classified =
                new ContainerMounts(mounts, mounts("/proc/self/mountinfo"), cgroup.roots(), command);
        Set<Integer> ids = mounts.stream().map(MountInfo::id).collect(Collectors.toSet());
        FileStat owner = files.stat("/proc/" + init);
        return new CheckpointRecord(
                owner.uid(),
                owner.gid(),
                new StreamKeys(files, ids).of(processes),
                classified.outside(doing),
                classified.points().stream()
                        .map(path -> new MountPoint(path, isDirectory("/proc/" + init + "/root" + path)))
                        .toList());
    }

    /** Of what is mounted only the kind is wanted, so that a link which the container puts in its way leads nowhere. */
    private boolean isDirectory(String path) {
        return kernel.files().stat(path).type() == FileType.DIRECTORY;
    }

    private static List<Integer> processes(int init, Cgroup cgroup) {
        List<Integer> processes = new ArrayList<>(List.of(init));
        cgroup.processes().stream().filter(pid -> pid != init).forEach(processes::add);
        return processes;
    }

    private List<MountInfo> mounts(String file) {
        return MountInfo.parse(kernel.files().read(file));
    }
}
