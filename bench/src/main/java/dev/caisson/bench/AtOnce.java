// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several loops of another program side by side. */
final class AtOnce {
    /** The command of one loop. */
    interface Loop {
        List<String> command(int number) throws IOException, Unavailable;
    }

    private AtOnce() {}

    /** Returns rounds per second of all loops together. */
    static double perSecond(int loops, int roundsEach, Loop loop)
            throws IOException, InterruptedException, Unavailable {
        List<List<String>> commands = new ArrayList<>();
        for (int number = 0; number < loops; number++) {
            commands.add(loop.command(number));
        }
        List<Process> running = new ArrayList<>();
        long begin = System.nanoTime();
        for (List<String> command : commands) {
            running.add(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        for (Process process : running) {
            Rounds.expectSuccess(process.waitFor());
        }
        return loops * roundsEach / ((System.nanoTime() - begin) / 1e9);
    }
}
