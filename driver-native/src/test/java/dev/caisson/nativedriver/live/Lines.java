// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a container writes, line by line. */
final class Lines extends OutputStream {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
        if (value == '\n') {
            lines.add(begun.toString(StandardCharsets.UTF_8).stripTrailing());
            begun.reset();
        } else {
            begun.write(value);
        }
    }

    /** The next line, waiting for it. */
    String next() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(line, "no line within " + PATIENCE_SECONDS + " s");
        return line;
    }

    int nextNumber() throws InterruptedException {
        return Integer.parseInt(next());
    }
}
