// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.resources.ByteSize;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads --tmpfs: {@code container[:options]}. It is noexec, nosuid and nodev unless the options say otherwise. */
public final class TmpfsSyntax {
    private final EnumSet<MountFlag> flags = EnumSet.of(MountFlag.NOEXEC, MountFlag.NOSUID, MountFlag.NODEV);
    private final List<String> data = new ArrayList<>();
    private Optional<ByteSize> size = Optional.empty();
    private OptionalInt mode = OptionalInt.empty();
    private Optional<Propagation> propagation = Optional.empty();
    private boolean copyUp;

    private TmpfsSyntax() {}

    /**
     * Returns the mount.
     *
     * @throws BadValueException if it is none
     */
    public static Mount read(String text) {
        String[] parts = text.split(":", 2);
        TmpfsSyntax options = new TmpfsSyntax();
        if (parts.length == 2) {
            List.of(parts[1].split(",")).forEach(options::add);
        }
        return options.mount(ContainerPath.of(parts[0]));
    }

    private Mount mount(ContainerPath target) {
        return new Mount(
                new Mount.Tmpfs(size, mode, copyUp),
                target,
                new MountFlags(flags, Set.of(), Set.of(), Set.of()),
                propagation,
                Optional.empty(),
                false,
                data);
    }

    private void add(String word) {
        Optional<Propagation> kind = PropagationSyntax.find(word);
        if (kind.isPresent()) {
            propagation = kind;
        } else if (word.contains("=")) {
            addValue(KeyValue.required(word), word);
        } else {
            addWord(word);
        }
    }

    private void addValue(KeyValue option, String word) {
        switch (option.key()) {
            case "size" -> size = readSize(option.value(), word);
            case "mode" -> mode = OptionalInt.of(readMode(option.value()));
            case "uid", "gid", "nr_inodes", "nr_blocks", "mpol", "huge" -> data.add(word);
            default -> throw unknown(word);
        }
    }

    /** tmpfs(5) takes a percentage of the machine's memory too, which only it can work out. */
    private Optional<ByteSize> readSize(String value, String word) {
        if (value.endsWith("%")) {
            data.add(word);
            return Optional.empty();
        }
        return Optional.of(ByteSize.parse(value));
    }

    static int readMode(String text) {
        if (!text.matches("[0-7]{1,5}")) {
            throw new BadValueException("has the mode \"" + text + "\"", "give it in octal, as 1777");
        }
        return Integer.parseInt(text, 8);
    }

    private void addWord(String word) {
        switch (word) {
            case "ro" -> flags.add(MountFlag.READONLY);
            case "rw" -> flags.remove(MountFlag.READONLY);
            case "noexec" -> flags.add(MountFlag.NOEXEC);
            case "exec" -> flags.remove(MountFlag.NOEXEC);
            case "nosuid" -> flags.add(MountFlag.NOSUID);
            case "suid" -> flags.remove(MountFlag.NOSUID);
            case "nodev" -> flags.add(MountFlag.NODEV);
            case "dev" -> flags.remove(MountFlag.NODEV);
            case "sync" -> flags.add(MountFlag.SYNCHRONOUS);
            case "async" -> flags.remove(MountFlag.SYNCHRONOUS);
            case "dirsync" -> flags.add(MountFlag.DIRSYNC);
            case "noatime" -> flags.add(MountFlag.NOATIME);
            case "nodiratime" -> flags.add(MountFlag.NODIRATIME);
            case "relatime" -> flags.add(MountFlag.RELATIME);
            case "strictatime" -> flags.add(MountFlag.STRICTATIME);
            case "tmpcopyup" -> copyUp = true;
            case "notmpcopyup" -> copyUp = false;
            default -> throw unknown(word);
        }
    }

    private static BadValueException unknown(String word) {
        return new BadValueException(
                "has the unknown option \"" + word + "\"",
                "give size=, mode=, uid=, gid=, nr_inodes=, ro, exec, suid, dev, noatime, tmpcopyup, "
                        + PropagationSyntax.CHOICES);
    }
}
