// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.Container;
import dev.caisson.driver.Driver;
import dev.caisson.driver.pool.ContainerPool;
import java.io.InputStream;
import java.io.OutputStream;

/** From the call to the first byte of output, with a container that was made ahead. */
record PoolStart(Driver driver, Containers containers) implements Subject {
    private static final int SIZE = 4;

    @Override
    public String title() {
        return "start of echo from a pool, to its first byte";
    }

    @Override
    public String version() {
        return driver.name();
    }

    @Override
    public int warmUp() {
        return 2000;
    }

    @Override
    public Sample time(int rounds, int warmUp) throws Exception {
        long[] nanos = new long[rounds];
        try (ContainerPool pool = ContainerPool.fill(driver, () -> containers.of("echo", "first"), SIZE)) {
            for (int i = -warmUp; i < rounds; i++) {
                FirstByte output = new FirstByte();
                long begin = System.nanoTime();
                Container container =
                        pool.start(InputStream.nullInputStream(), output, OutputStream.nullOutputStream());
                Rounds.expectSuccess(container.await().shellCode());
                if (i >= 0) {
                    nanos[i] = output.at() - begin;
                }
                driver.clean(container.id());
            }
        }
        return Sample.of(nanos);
    }

    /** Notes when it is first written to. */
    private static final class FirstByte extends OutputStream {
        private volatile long at;

        @Override
        public void write(int octet) {
            if (at == 0) {
                at = System.nanoTime();
            }
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            write(octets[offset]);
        }

        long at() {
            if (at == 0) {
                throw new IllegalStateException("there was no output");
            }
            return at;
        }
    }
}
