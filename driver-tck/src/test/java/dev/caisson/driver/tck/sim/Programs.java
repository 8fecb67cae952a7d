// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.tck.probe.Probe;
import dev.caisson.driver.tck.probe.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the program of a simulated process, which is the probe, or refuses it as execve(2) does. */
final class Programs {
    private static final int ENOENT = 2;
    private static final int E2BIG = 7;
    private static final int ENOEXEC = 8;
    private static final int EACCES = 13;
    private static final int LONGEST = 131_072;

    private Programs() {}

    static List<Step> load(SimulatedContainer container, ProcessConfig process) {
        Fault fault = container.fault();
        String name = process.args().get(0);
        String path = find(container.files(), process, fault).orElse(name);
        Optional<Path> file = host(container.files(), path);
        if (file.isEmpty()) {
            throw refuse(fault, StandardErrorCode.COMMAND_NOT_FOUND, ENOENT, 127, name);
        }
        if (!Files.isExecutable(file.get()) || Files.isDirectory(file.get())) {
            throw refuse(fault, StandardErrorCode.COMMAND_NOT_EXECUTABLE, EACCES, 126, name);
        }
        if (!maySearch(container, process, file.get().getParent())) {
            throw refuse(fault, StandardErrorCode.COMMAND_NOT_EXECUTABLE, EACCES, 126, name);
        }
        if (process.args().stream().anyMatch(argument -> argument.length() >= LONGEST)
                && !fault.is(Wrong.TAKES_ANY_ARGUMENT)) {
            throw refuse(fault, StandardErrorCode.LAUNCH_FAILED, E2BIG, 126, name);
        }
        if (isGarbage(file.get())) {
            throw refuse(fault, StandardErrorCode.COMMAND_NOT_EXECUTABLE, ENOEXEC, 126, name);
        }
        return steps(process, isProbe(container.files(), path) ? Probe.PATH : path, fault);
    }

    /** What is effective before execve(2) counts, capabilities(7). */
    private static boolean maySearch(SimulatedContainer container, ProcessConfig process, Path directory) {
        Set<Capability> effective = process.privileged()
                ? Capabilities.all().effective()
                : process.capabilities().orElse(Capabilities.standard()).effective();
        try {
            long uid = Identity.of(container.files(), process).uid();
            return effective.contains(Capability.DAC_OVERRIDE)
                    || container.machine().owner(directory).startsWith(uid + ":")
                    || Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (Refused | IOException unreadable) {
            return false;
        }
    }

    private static LaunchException refuse(Fault fault, StandardErrorCode code, int errno, int exitCode, String name) {
        boolean bare = fault.is(Wrong.FAILS_WITH_A_BARE_CODE);
        return new LaunchException(
                bare ? StandardErrorCode.LAUNCH_FAILED : code,
                "start a process",
                bare ? "" : "exec",
                bare ? 0 : errno,
                bare ? 125 : exitCode,
                bare ? "it failed" : name + ": errno " + errno,
                "name another",
                null);
    }

    private static Optional<String> find(Vfs files, ProcessConfig process, Fault fault) {
        String name = process.args().get(0);
        if (name.contains("/")) {
            return Optional.of(name);
        }
        String path = fault.is(Wrong.SEARCHES_A_PATH_OF_ITS_OWN)
                ? ProcessConfig.DEFAULT_PATH
                : process.env().getOrDefault("PATH", ProcessConfig.DEFAULT_PATH);
        for (String directory : path.split(":")) {
            if (host(files, directory + "/" + name).isPresent()) {
                return Optional.of(directory + "/" + name);
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> host(Vfs files, String path) {
        try {
            return files.host(path);
        } catch (Refused refused) {
            return Optional.empty();
        }
    }

    private static boolean isGarbage(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.read() == 1;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isProbe(Vfs files, String path) {
        try {
            return files.resolve(path).equals(Probe.PATH);
        } catch (Refused refused) {
            return false;
        }
    }

    private static List<Step> steps(ProcessConfig process, String path, Fault fault) {
        List<String> argv = new ArrayList<>(process.args());
        if (fault.is(Wrong.LOSES_EMPTY_ARGUMENTS)) {
            argv.removeIf(String::isEmpty);
        }
        if (path.equals(Probe.PATH)) {
            argv.set(0, path);
        }
        // Copies of busybox by other names: one does nothing, one makes a directory.
        if (argv.size() == 2 && argv.get(1).equals("true")) {
            return List.of();
        }
        if (argv.size() == 3 && argv.get(1).equals("mkdir")) {
            return Step.parse(List.of("try", "MAKE_DIRECTORY", "/made", ""));
        }
        return Probe.steps(argv);
    }
}
