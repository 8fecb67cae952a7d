// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.nio.file.Path;
import java.util.List;

/** {@code run} of another OCI runtime, timed by timed.c. */
record PeerRun(String name, Path timed, Path scratch, Path bundle) implements Subject {
    @Override
    public String title() {
        return name + " run of true";
    }

    @Override
    public String version() {
        try {
            return Tool.firstLine(name, "--version");
        } catch (Exception unknown) {
            return "unknown version (" + unknown.getMessage() + ")";
        }
    }

    @Override
    public Sample time(int rounds, int warmUp) throws Exception {
        return CProgram.sample(Tool.output(loop(rounds, warmUp)));
    }

    /** The command that times so many rounds. */
    List<String> loop(int rounds, int warmUp) throws Unavailable {
        return PeerShell.command("exec %s %s %s %s --root %s run --bundle %s %s"
                .formatted(
                        timed,
                        rounds,
                        warmUp,
                        Tool.find(name),
                        scratch.resolve(name + "-root"),
                        bundle,
                        bundle.getFileName()));
    }
}
