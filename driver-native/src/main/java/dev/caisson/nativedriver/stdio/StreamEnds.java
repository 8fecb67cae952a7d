// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import java.io.InputStream;
import java.io.OutputStream;

/** How a stream of Java is connected to a process. */
interface StreamEnds {
    /** Lets the process read a stream. */
    void input(ProcessStreams streams, InputStream from);

    /**
     * Lets the process write to a stream.
     *
     * @param number 1 or 2
     */
    void output(ProcessStreams streams, int number, OutputStream to);
}
