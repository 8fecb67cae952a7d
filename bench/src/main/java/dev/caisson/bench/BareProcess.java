// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.io.IOException;
import java.nio.file.Path;

/** A process of Java without any isolation. */
record BareProcess(Path busybox) implements Subject {
    @Override
    public String title() {
        return "ProcessBuilder, no isolation";
    }

    @Override
    public String version() {
        return Runtime.version().toString();
    }

    @Override
    public Sample time(int rounds, int warmUp) throws IOException, InterruptedException {
        return Rounds.time(rounds, warmUp, () -> {
            Process process = new ProcessBuilder(busybox.toString(), "true").start();
            process.getOutputStream().close();
            Rounds.expectSuccess(process.waitFor());
        });
    }
}
