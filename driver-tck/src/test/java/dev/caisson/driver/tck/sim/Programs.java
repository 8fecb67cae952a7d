// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.tck.probe.Probe;
import dev.caisson.driver.tck.probe.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        String path = find(container.files(), process).orElse(name);
        Optional<Path> file = host(container.files(), path);
        if (file.isEmpty()) {
            throw refuse(fault, StandardErrorCode.COMMAND_NOT_FOUND, ENOENT, 127, name);
        }
        if (!Files.isExecutable(file.get()) || Files.isDirectory(file.get())) {
            throw refuse(fault, StandardErrorCode.COMMAND_NOT_EXECUTABLE, EACCES, 126, name);
        }
        if (process.args().stream().anyMatch(argument -> argument.length() >= LONGEST)) {
            throw refuse(fault, StandardErrorCode.LAUNCH_FAILED, E2BIG, 126, name);
        }
        if (isGarbage(file.get())) {
            throw refuse(fault, StandardErrorCode.COMMAND_NOT_EXECUTABLE, ENOEXEC, 126, name);
        }
        return steps(process, path);
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

    private static Optional<String> find(Vfs files, ProcessConfig process) {
        String name = process.args().get(0);
        if (name.contains("/")) {
            return Optional.of(name);
        }
        for (String directory :
                process.env().getOrDefault("PATH", ProcessConfig.DEFAULT_PATH).split(":")) {
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

    private static List<Step> steps(ProcessConfig process, String path) {
        List<String> argv = new ArrayList<>(process.args());
        if (path.equals(Probe.PATH)) {
            argv.set(0, path);
        }
        // A copy of busybox by another name, told to make a directory.
        if (argv.size() == 3 && argv.get(1).equals("mkdir")) {
            return Step.parse(List.of("try", "MAKE_DIRECTORY", "/made", ""));
        }
        return Probe.steps(argv);
    }
}
