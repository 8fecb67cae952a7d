// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.stdio.AttachWiring;
import dev.caisson.nativedriver.stdio.ProcessStreams;

/** Connects the streams of a container that an engine before us had started. */
public final class AttachStreams {
    private final AttachWiring wiring;

    public AttachStreams(AttachWiring wiring) {
        this.wiring = wiring;
    }

    public void attach(ActiveContainer container, Pipes pipes) {
        String doing = "attach to container \"" + container.id() + "\"";
        ProcessStreams streams = wiring.wire(
                doing,
                pipes,
                container.command().process().terminal(),
                container.parts().spools());
        if (!container.connect(streams)) {
            throw new DriverException(
                    StandardErrorCode.STREAMS_CONNECTED,
                    doing,
                    "its streams are connected already",
                    "attach once to a container that was recovered");
        }
        streams.started(container.process());
        if (container.status().isPresent()) {
            streams.ended();
        }
    }
}
