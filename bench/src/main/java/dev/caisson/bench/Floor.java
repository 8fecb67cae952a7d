// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.nio.file.Path;
import java.util.List;

/** What the kernel itself costs: floor.c. */
record Floor(Path program, Path busybox) implements Subject {
    @Override
    public String title() {
        return "floor (C, the same kernel work and nothing else)";
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public Sample time(int rounds, int warmUp) throws Exception {
        return CProgram.sample(Tool.output(loop(rounds, warmUp)));
    }

    /** The command that times so many rounds. */
    List<String> loop(int rounds, int warmUp) {
        return List.of(program.toString(), Integer.toString(rounds), busybox.toString(), Integer.toString(warmUp));
    }
}
