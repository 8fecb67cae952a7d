// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs an applet of this machine's busybox on the host, for what Java has no call. */
final class HostTool {
    private HostTool() {}

    /** @throws IllegalStateException with what it said, if it failed */
    static void run(String... command) {
        Result result = attempt(command);
        if (result.code() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + result.code() + ": " + result.said());
        }
    }

    static Result attempt(String... command) {
        List<String> argv = new ArrayList<>(List.of("busybox"));
        argv.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Result(process.waitFor(), said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
    }

    record Result(int code, String said) {}
}
