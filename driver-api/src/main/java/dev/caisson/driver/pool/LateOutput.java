// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.pool;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A stream whose target is known only when its container is taken; who writes before that waits. */
final class LateOutput extends OutputStream {
    private final CompletableFuture<OutputStream> target = new CompletableFuture<>();

    void connect(OutputStream stream) {
        target.complete(stream);
    }

    @Override
    public void write(int octet) throws IOException {
        target.join().write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        target.join().write(octets, offset, length);
    }

    @Override
    public void flush() throws IOException {
        target.join().flush();
    }
}
