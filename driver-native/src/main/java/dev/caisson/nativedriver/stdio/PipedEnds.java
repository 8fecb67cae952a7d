// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.PipeEnds;
import dev.caisson.nativedriver.plan.Stdio;
import java.io.InputStream;
import java.io.OutputStream;

/** Through a pipe whose other end is ours: for processes that don't outlive this engine. */
record PipedEnds(Kernel kernel, Pumps pumps) implements StreamEnds {
    private static final int STDIN = 0;

    @Override
    public void input(ProcessStreams streams, InputStream from) {
        PipeEnds pipe = kernel.descriptors().pipe();
        streams.plan(Stdio.descriptor(STDIN, streams.forProcess(pipe.read())));
        Descriptor ours = streams.forUs(pipe.write());
        streams.whenStarted(() -> streams.carries(pumps.input(from, ours)));
    }

    @Override
    public void output(ProcessStreams streams, int number, OutputStream to) {
        PipeEnds pipe = kernel.descriptors().pipe();
        streams.plan(Stdio.descriptor(number, streams.forProcess(pipe.write())));
        Descriptor ours = streams.forUs(pipe.read());
        streams.whenStarted(() -> streams.carries(pumps.output(ours, to)));
    }
}
