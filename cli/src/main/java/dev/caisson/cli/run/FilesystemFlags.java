// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.MountSyntax;
import dev.caisson.cli.syntax.TmpfsSyntax;
import dev.caisson.cli.syntax.VolumeSyntax;
import dev.caisson.driver.command.Rootfs;
import java.nio.file.Files;
import java.nio.file.Path;

/** The root filesystem and what is mounted in it. */
final class FilesystemFlags implements FlagGroup {
    private static final Flag ROOTFS = Flag.value(
            "--rootfs",
            "DIR",
            "Directory that is the root filesystem; default a view of the host's own, every change of which is thrown away");
    private static final Flag READ_ONLY = Flag.toggle("--read-only", "The root filesystem can't be written to");
    private static final Flag VOLUME = Flag.list(
                    "--volume",
                    "HOST:DIR[:OPTIONS]",
                    "Show a file or directory of the host, which must exist; options ro, rw, [r]private, [r]shared, [r]slave")
            .letter('v');
    private static final Flag MOUNT = Flag.list(
            "--mount",
            "KEY=VALUE,...",
            "The same by keys: type=bind|tmpfs, source, target, readonly, bind-propagation, bind-recursive, tmpfs-size, tmpfs-mode");
    private static final Flag TMPFS = Flag.list(
            "--tmpfs",
            "DIR[:OPTIONS]",
            "A filesystem in memory; options size, mode, uid, gid, exec, suid, dev, ro, tmpcopyup");

    @Override
    public FlagSection section() {
        return FlagSection.of("Its files", ROOTFS, READ_ONLY, VOLUME, MOUNT, TMPFS);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        values.read(ROOTFS, FilesystemFlags::directory).ifPresent(rootfs -> draft.rootfs = rootfs);
        draft.rootfs = draft.rootfs.withReadonly(values.on(READ_ONLY));
        values.readAll(VOLUME, VolumeSyntax::read).forEach(draft.mounts::add);
        values.readAll(MOUNT, MountSyntax::read).forEach(draft.mounts::add);
        values.readAll(TMPFS, TmpfsSyntax::read).forEach(draft.mounts::add);
    }

    private static Rootfs directory(String text) {
        Path path = Path.of(text).toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new BadValueException(
                    Files.exists(path) ? "is no directory" : "does not exist",
                    "give the directory of a root filesystem");
        }
        return Rootfs.directory(path);
    }
}
