// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.rootless.Rootless;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts shims: the only processes that are ever forked from the JVM. */
public final class ShimStarter {
    /** How the one line begins that a shim prints once it listens; its pid follows. */
    private static final String READY = "ready ";

    /** How it begins when it can't: an errno and a sentence follow. */
    private static final String FAILED = "failed ";

    private final Kernel kernel;
    private final ShimBinary binary;

    public ShimStarter(Kernel kernel) {
        this.kernel = kernel;
        this.binary = new ShimBinary(kernel);
    }

    /**
     * Starts a shim and waits until it listens.
     *
     * @param root its directory, which it makes if it is absent
     * @throws DriverException if it ends before that, with what it said
     */
    Process start(ShimMode mode, Path root) {
        try (Descriptor program = binary.open()) {
            // The name of our own descriptor: between fork and exec the child has closed all but the standard ones.
            String file = "/proc/" + kernel.processes().pid() + "/fd/" + program.number();
            List<String> command = new ArrayList<>(List.of(file, mode.argument(), root.toString()));
            Rootless.find(kernel).ifPresent(rootless -> command.addAll(rootless.arguments()));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectInput(Path.of("/dev/null").toFile());
            builder.environment().clear();
            Process process = builder.start();
            awaitReady(process, root);
            return process;
        } catch (IOException e) {
            throw failed(root, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Starts a process of the same program that does nothing until its input ends.
     *
     * @throws DriverException if it cannot be started
     */
    public Process startHold() {
        try (Descriptor program = binary.open()) {
            String file = "/proc/" + kernel.processes().pid() + "/fd/" + program.number();
            ProcessBuilder builder = new ProcessBuilder(file, "hold")
                    .directory(Path.of("/").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            return builder.start();
        } catch (IOException e) {
            throw new DriverException(
                    StandardErrorCode.HELPER_DIED,
                    "start a process that holds a scope",
                    String.valueOf(e.getMessage()),
                    "caisson doctor tells what may be missing",
                    e);
        }
    }

    private void awaitReady(Process process, Path root) throws IOException {
        try (InputStream output = process.getInputStream();
                InputStream errors = process.getErrorStream()) {
            String said = firstLine(output);
            if (said.startsWith(READY)) {
                return;
            }
            String complaint = said.startsWith(FAILED)
                    ? said.substring(said.indexOf(' ', FAILED.length()) + 1)
                    : new String(errors.readAllBytes(), StandardCharsets.UTF_8).strip();
            throw failed(root, complaint.isEmpty() ? "it ended without a word" : complaint, null);
        }
    }

    private static String firstLine(InputStream output) throws IOException {
        StringBuilder line = new StringBuilder();
        int next;
        while ((next = output.read()) >= 0 && next != '\n') {
            line.append((char) next);
        }
        return line.toString();
    }

    private static DriverException failed(Path root, String why, @Nullable Throwable cause) {
        return new DriverException(
                StandardErrorCode.HELPER_DIED,
                "start the helper process caisson-shim for " + root,
                why,
                "give a state root that nobody else writes to; caisson doctor tells what else may be missing",
                cause);
    }
}
