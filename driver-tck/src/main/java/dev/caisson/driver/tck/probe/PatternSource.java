// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

import java.io.InputStream;

/** A stream of that many bytes of {@link Pattern}. Not thread-safe. */
public final class PatternSource extends InputStream {
    private final long length;
    private long at;

    /** Makes one of that many bytes. */
    public PatternSource(long length) {
        this.length = length;
    }

    @Override
    public int read() {
        return at == length ? -1 : Pattern.at(at++);
    }

    @Override
    public int read(byte[] buffer, int offset, int most) {
        if (at == length) {
            return -1;
        }
        int count = (int) Math.min(most, length - at);
        Pattern.fill(buffer, offset, count, at);
        at += count;
        return count;
    }
}
