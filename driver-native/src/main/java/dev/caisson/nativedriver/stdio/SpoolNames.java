// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Names of spool files that no engine before us has used: they begin with the time. */
public final class SpoolNames {
    private final Path directory;
    private final AtomicLong numbers = new AtomicLong(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));

    /** @param directory which exists */
    public SpoolNames(Path directory) {
        this.directory = directory;
    }

    Path next(int stream) {
        return directory.resolve(numbers.incrementAndGet() + (stream == 1 ? ".out" : ".err"));
    }
}
