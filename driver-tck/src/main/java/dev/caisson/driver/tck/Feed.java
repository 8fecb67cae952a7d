// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A stream that gives what a behaviour feeds into it, when it does. One reader, any number of feeders. */
public final class Feed extends InputStream {
    private final BlockingQueue<Optional<byte[]>> queue = new LinkedBlockingQueue<>();
    private byte[] current = new byte[0];
    private int at;
    private boolean ended;

    /** Makes one without any input yet. */
    public Feed() {}

    /** Gives a line. */
    public void line(String line) {
        text(line + "\n");
    }

    /** Gives text. */
    public void text(String text) {
        queue.add(Optional.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Ends the stream after what was given. */
    public void end() {
        queue.add(Optional.empty());
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws InterruptedIOException {
        if (length == 0) {
            return 0;
        }
        if (!ended && at == current.length) {
            next();
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, buffer, offset, count);
        at += count;
        return count;
    }

    private void next() throws InterruptedIOException {
        Optional<byte[]> given;
        try {
            given = queue.take();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for input");
        }
        at = 0;
        current = given.orElseGet(() -> new byte[0]);
        ended = given.isEmpty();
    }
}
