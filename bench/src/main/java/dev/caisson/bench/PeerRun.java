// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.nio.file.Path;

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
        Path runtime = Tool.find(name);
        String loop = "exec %s %s %s %s --root %s run --bundle %s bench"
                .formatted(timed, rounds, warmUp, runtime, scratch.resolve(name + "-root"), bundle);
        return CProgram.sample(Tool.output(PeerShell.command(loop)));
    }
}
