// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import java.io.IOException;

/** One output of a process on its way to a Java stream. */
interface Delivery {
    /** The process has ended: ends once all that it wrote is delivered, even though somebody still holds the other end. */
    void endWhenEmpty();

    /**
     * Waits until all that was written is delivered.
     *
     * @throws IOException when the stream failed
     */
    void awaitEnd() throws InterruptedException, IOException;

    /** Gives up: what is not delivered is lost. */
    void close();
}
