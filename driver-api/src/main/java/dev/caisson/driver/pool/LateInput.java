// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.pool;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** A stream whose source is known only when its container is taken; who reads before that waits. */
final class LateInput extends InputStream {
    private final CompletableFuture<InputStream> source = new CompletableFuture<>();

    void connect(InputStream stream) {
        source.complete(stream);
    }

    @Override
    public int read() throws IOException {
        return source.join().read();
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        return source.join().read(octets, offset, length);
    }

    @Override
    public int available() throws IOException {
        return source.isDone() ? source.join().available() : 0;
    }
}
