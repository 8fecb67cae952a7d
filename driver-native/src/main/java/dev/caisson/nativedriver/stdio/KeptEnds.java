// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.plan.Stdio;
import dev.caisson.nativedriver.shim.Reply;
import dev.caisson.nativedriver.shim.ShimProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Through what the shim keeps: output goes to spool files to which it appends, standard input through a pipe of which it has a
 * write end, too. So nothing is lost when this JVM dies, and another one can go on.
 *
 * @param names where spools are made
 */
record KeptEnds(Kernel kernel, Pumps pumps, SpoolNames names) implements StreamEnds {
    @Override
    public void input(ProcessStreams streams, InputStream from) {
        streams.plan(Stdio.kept());
        streams.whenTaken((process, ends) -> feed(streams, process, ends, from));
    }

    /** Lets the process read a stream through the pipe that the shim keeps. */
    void feed(ProcessStreams streams, ShimProcess process, TakenEnds ends, InputStream from) {
        ends.take(Reply.Taken.STDIN).ifPresent(end -> streams.carries(pumps.input(from, end, process::closeStdin)));
    }

    @Override
    public void output(ProcessStreams streams, int number, OutputStream to) {
        Path spool = names.next(number);
        streams.plan(Stdio.spool(number, spool));
        follow(streams, number, to, 0);
    }

    /** Delivers what a spool has from an offset on. */
    void follow(ProcessStreams streams, int number, OutputStream to, long consumed) {
        SpoolDelivery delivery = pumps.spool(number, to);
        streams.carries(delivery);
        int bit = number == 1 ? Reply.Taken.STDOUT : Reply.Taken.STDERR;
        streams.whenTaken((process, ends) ->
                ends.take(bit).ifPresentOrElse(spool -> delivery.begin(process, spool, consumed), delivery::missing));
    }
}
