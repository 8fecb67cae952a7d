// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.launch;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.shim.Breakage;
import dev.caisson.nativedriver.shim.Reply;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;

/** Lets a process's streams flow as long as it runs. */
public record StreamFollower(ProcessStreams streams) implements ShimProcess.Listener {
    @Override
    public void reached(ShimProcess process, Reply.Progress progress) {
        switch (progress) {
            case Reply.Created created -> {}
            case Reply.Ready ready -> ready.descriptors().forEach(streams::terminal);
            case Reply.Started started -> {
                for (Descriptor master : started.descriptors()) {
                    streams.terminal(master);
                }
                streams.started(process);
            }
            case Reply.Failed failed -> streams.close();
            case Reply.Exited exited -> streams.ended();
            case Reply.Cleaned cleaned -> {}
        }
    }

    @Override
    public void lost(ShimProcess process, Breakage why) {
        streams.ended();
    }
}
