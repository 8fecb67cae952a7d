// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** Output of which only its beginning matters. */
final class Telling extends OutputStream {
    private final CountDownLatch begun;

    Telling(CountDownLatch begun) {
        this.begun = begun;
    }

    @Override
    public void write(int octet) {
        begun.countDown();
    }

    @Override
    public void write(byte[] octets, int from, int length) {
        if (length > 0) {
            begun.countDown();
        }
    }
}
