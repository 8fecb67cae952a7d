// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.registry;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.StandardErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The containers in the foregrounds of this machine: one numbered directory each, with a file that says whose it is and the state
 * root of its driver. A number whose owner has died is given to the next one, whose driver then cleans what is left there.
 */
public final class RunRegistry {
    private static final String OWNER = "owner";

    private final Path directory;

    /** @param base such as /run/caisson; made if absent */
    public RunRegistry(Path base) {
        this.directory = base.resolve("run");
    }

    /**
     * Enters a container that is about to run.
     *
     * @throws DriverException {@link StandardErrorCode#ID_TAKEN} if one of that name runs; of kind MACHINE if the directory can't
     *     be written to
     */
    public RunEntry enter(ContainerId id) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            checkOwner(id);
            try (FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // until the channel is closed
                return take(id);
            }
        } catch (AccessDeniedException denied) {
            throw failure(
                    id,
                    StandardErrorCode.NOT_PERMITTED,
                    "permission denied",
                    "set XDG_RUNTIME_DIR or CAISSON_RUN_DIR, or run it as root",
                    denied);
        } catch (IOException failed) {
            throw failure(
                    id, StandardErrorCode.NO_SPACE, reason(failed), "make room there, or set CAISSON_RUN_DIR", failed);
        }
    }

    /** In a directory that everybody may write to somebody else may have been first. */
    private void checkOwner(ContainerId id) throws IOException {
        Path base = directory.toAbsolutePath().getParent();
        Object own = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        Object owner = base == null ? own : Files.getAttribute(base, "unix:uid");
        if (!owner.equals(own) && !owner.equals(0)) {
            throw new DriverException(
                    StandardErrorCode.NOT_PERMITTED,
                    "enter container \"" + id + "\" in " + directory,
                    base + " belongs to user " + owner + ", not to user " + own,
                    "set XDG_RUNTIME_DIR or CAISSON_RUN_DIR to a directory of this user's own");
        }
    }

    /** The kernel's own words without the path, which is told already. */
    private static String reason(IOException failed) {
        String words = failed instanceof FileSystemException named ? named.getReason() : null;
        return words == null ? failed.toString() : words;
    }

    private DriverException failure(
            ContainerId id, StandardErrorCode code, String why, String remedy, IOException cause) {
        return new DriverException(code, "enter container \"" + id + "\" in " + directory, why, remedy, cause);
    }

    private RunEntry take(ContainerId id) throws IOException {
        for (Owner owner : owners()) {
            if (owner.id().equals(id)) {
                throw new DriverException(
                        StandardErrorCode.ID_TAKEN,
                        "run container \"" + id + "\"",
                        "one of that name runs already, started by process "
                                + owner.command().pid(),
                        "choose another --name, or end that one");
            }
        }
        Path entry = directory.resolve(Integer.toString(freeNumber()));
        Files.createDirectories(entry);
        Owner owner = new Owner(id, ProcessLife.ours(), Optional.empty());
        owner.write(entry.resolve(OWNER));
        return new RunEntry(entry, entry.resolve(OWNER), owner);
    }

    private int freeNumber() throws IOException {
        int number = 0;
        while (owner(directory.resolve(Integer.toString(number))).isPresent()) {
            number++;
        }
        return number;
    }

    /** Returns the init of the running container of that name. */
    public Optional<ProcessIdentity> find(ContainerId id) {
        try {
            return owners().stream()
                    .filter(owner -> owner.id().equals(id))
                    .flatMap(owner -> owner.init().stream())
                    .filter(ProcessLife::isAlive)
                    .findFirst();
        } catch (IOException failed) {
            throw failure(id, StandardErrorCode.NOT_PERMITTED, failed.toString(), "make it readable", failed);
        }
    }

    private List<Owner> owners() throws IOException {
        List<Owner> owners = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                owner(entry).ifPresent(owners::add);
            }
        } catch (NoSuchFileException absent) {
            return List.of();
        }
        return owners;
    }

    /** Returns the living owner of an entry. */
    private static Optional<Owner> owner(Path entry) throws IOException {
        return Files.isDirectory(entry)
                ? Owner.read(entry.resolve(OWNER)).filter(owner -> ProcessLife.isAlive(owner.command()))
                : Optional.empty();
    }
}
