// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.nativedriver.cgroup.CgroupRoot;
import dev.caisson.nativedriver.cgroup.Version;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.plan.Restoration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings one container back. For one thread; closing it ends CRIU if it isn't done. */
public final class RestoreSession implements AutoCloseable {
    /** Told which process is the container's init, before it goes on. */
    @FunctionalInterface
    public interface Adopter {
        /**
         * Takes it over.
         *
         * @param master of its terminal, if it has one; the caller closes it
         */
        void adopt(int pid, Optional<Descriptor> master) throws InterruptedException;
    }

    private static final String LOG = "restore.log";
    private static final String MOUNTS = "/mounts/";

    private final String doing;
    private final Command command;
    private final RestoreOptions options;
    private final CheckpointRecord record;
    private final List<CgroupRoot> cgroups;
    private final Path stage;
    private final CriuCgroupMode mode;
    private final CriuProgram program;
    private final ImageDirectories directories;
    private final CriuConnection connection;
    private final List<Mount> staged = new ArrayList<>();
    private @Nullable Descriptor master;

    private RestoreSession(
            String doing,
            Command command,
            RestoreOptions options,
            CheckpointRecord record,
            List<CgroupRoot> cgroups,
            Path stage,
            CriuProgram program,
            ImageDirectories directories,
            CriuConnection connection) {
        this.doing = doing;
        this.command = command;
        this.options = options;
        this.record = record;
        this.cgroups = cgroups;
        this.stage = stage;
        this.mode = CriuCgroupMode.of(doing, options.cgroupsMode());
        this.program = program;
        this.directories = directories;
        this.connection = connection;
    }

    /**
     * Begins one.
     *
     * @param cgroups that the container will have
     * @param stage a directory of ours
     * @throws DriverException UNSUPPORTED_FEATURE without a CRIU that will do; INVALID_ARGUMENT if there is no checkpoint
     */
    public static RestoreSession open(
            String doing, CriuTool tool, Command command, RestoreOptions options, List<CgroupRoot> cgroups, Path stage)
            throws InterruptedException {
        CriuCgroupMode.of(doing, options.cgroupsMode());
        CheckpointRecord record = CheckpointRecord.read(doing, options.imageDirectory());
        ImageDirectories directories = ImageDirectories.used(doing, options.imageDirectory(), options.workDirectory());
        CriuProgram program = tool.require(doing);
        if (options.lazyPages()) {
            CriuFailure.checkFeature(doing, program, CriuFeature.LAZY_PAGES, "leave lazyPages out");
        }
        return new RestoreSession(
                doing, command, options, record, cgroups, stage, program, directories, tool.connection());
    }

    /** Returns what the plan has to say of it. */
    public Restoration restoration() {
        for (OutsideMount outside : record.mounts()) {
            if (outside.source() instanceof OutsideMount.OfCommand) {
                staged.add(staged(outside));
            }
        }
        return new Restoration(
                program.workingIn(directories.work()),
                connection.theirs(),
                stage,
                points(true),
                points(false),
                staged,
                record.uid(),
                record.gid());
    }

    private List<String> points(boolean directories) {
        return record.points().stream()
                .filter(point -> point.directory() == directories)
                .map(MountPoint::path)
                .toList();
    }

    private Mount staged(OutsideMount outside) {
        Mount mount = command.mounts().stream()
                .filter(candidate -> candidate.target().value().equals(outside.path()))
                .findFirst()
                .orElseThrow(() -> new DriverException(
                        StandardErrorCode.INVALID_ARGUMENT,
                        doing,
                        "the container had something mounted at " + outside.path() + ", the Command has not",
                        "give a Command with the mounts of the one that was checkpointed"));
        return new Mount(
                mount.kind(),
                ContainerPath.of(MOUNTS + staged.size()),
                mount.flags(),
                mount.propagation(),
                mount.idmap(),
                mount.idmapRecursive(),
                mount.data());
    }

    /** CRIU was launched. */
    public void launched() {
        connection.handedOver();
    }

    /**
     * Has CRIU do its work.
     *
     * @return false if it ended without an answer, for a reason that its launch may tell
     * @throws DriverException TOOL_FAILED with CRIU's own reason
     */
    public boolean run(Adopter adopter) throws InterruptedException {
        CriuReply reply;
        try {
            reply = connection.ask(
                    doing,
                    CriuRequest.of(CriuType.RESTORE, criuOptions()),
                    (notice, descriptors) -> heard(notice, descriptors, adopter));
        } catch (CriuEndedException e) {
            return false;
        }
        if (!reply.success()) {
            throw failure(reply.errno());
        }
        return true;
    }

    /** What is told when CRIU has failed, or has ended before its time. */
    public DriverException failure(int errno) {
        return CriuFailure.of(doing, directories.log(LOG), errno);
    }

    private void heard(CriuReply.Notice notice, List<Descriptor> descriptors, Adopter adopter)
            throws InterruptedException {
        switch (notice.step()) {
            case "orphan-pts-master" -> descriptors.forEach(this::keep);
            case "post-restore" -> adopter.adopt(notice.pid(), Optional.ofNullable(master));
            default -> descriptors.forEach(Descriptor::close);
        }
    }

    private void keep(Descriptor terminal) {
        if (master == null) {
            master = terminal;
        } else {
            // A terminal that the container has made for itself, and whose master it has lost.
            terminal.close();
        }
    }

    private CriuOptions criuOptions() {
        CriuOptions criu = new CriuOptions(directories.images(), LOG);
        criu.root(Restoration.rootIn(stage).toString());
        criu.restoreAsSibling();
        criu.cgroupMode(mode);
        for (CgroupRoot root : cgroups) {
            if (root.version() == Version.V2) {
                criu.cgroupRoot("", root.path());
            } else {
                root.controllers().forEach(controller -> criu.cgroupRoot(controller, root.path()));
            }
        }
        int number = 0;
        for (OutsideMount outside : record.mounts()) {
            String source = switch (outside.source()) {
                case OutsideMount.OfCommand ours -> stage + MOUNTS + number++;
                case OutsideMount.OfCgroup part -> directory(part);
                case OutsideMount.OfHost host -> host.path();
            };
            criu.external("mnt[" + outside.path() + "]:" + source);
        }
        if (!(command.network().namespace() instanceof NamespaceChoice.Host)) {
            criu.inherit(Checkpoint.NETWORK_KEY, Restoration.NETWORK);
        }
        if (!command.process().terminal()) {
            StreamKeys.inherit(record.streams(), criu);
        }
        criu.tcpEstablished(options.tcpEstablished());
        criu.externalUnixSockets(options.externalUnixSockets());
        criu.shellJob(options.shellJob());
        criu.fileLocks(options.fileLocks());
        criu.lazyPages(options.lazyPages());
        return criu;
    }

    private String directory(OutsideMount.OfCgroup part) {
        return cgroups.stream()
                        .filter(root -> part.controllers().isEmpty()
                                ? root.version() == Version.V2
                                : root.version() == Version.V1
                                        && root.controllers().equals(part.controllers()))
                        .findFirst()
                        .orElseThrow(() -> new DriverException(
                                StandardErrorCode.CONTROLLER_LACKS,
                                doing,
                                "the container has seen its cgroup of " + part.controllers()
                                        + ", which this machine has not",
                                "restore it on a machine with the cgroups of the one of the checkpoint"))
                        .directory()
                + part.below();
    }

    @Override
    public void close() {
        connection.close();
        if (master != null) {
            master.close();
        }
    }
}
