// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.nio.file.Path;

/** {@code exec} of another OCI runtime in a container that runs, timed by timed.c. */
record PeerExec(String name, Path timed, Path scratch, Path sleeperBundle) implements Subject {
    @Override
    public String title() {
        return name + " exec of true";
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public Sample time(int rounds, int warmUp) throws Exception {
        String runtime = Tool.find(name) + " --root " + scratch.resolve(name + "-root");
        String loop = """
                %1$s run --detach --bundle %2$s sleeper >/dev/null 2>&1 </dev/null || exit 1; \
                trap '%1$s delete --force sleeper' EXIT; \
                %3$s %4$s %5$s %1$s exec sleeper true""".formatted(runtime, sleeperBundle, timed, rounds, warmUp);
        return CProgram.sample(Tool.output(PeerShell.command(loop)));
    }
}
