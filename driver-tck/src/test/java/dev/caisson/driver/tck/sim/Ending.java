// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.StandardErrorCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The end of a simulated container, and who waits for it. Thread-safe. */
final class Ending {
    private final Fault fault;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final AtomicBoolean awaited = new AtomicBoolean();

    Ending(Fault fault) {
        this.fault = fault;
    }

    /** Something went wrong that is neither the container's fault nor the driver's. The first one counts. */
    void broken(Throwable failure) {
        broken.compareAndSet(null, failure);
    }

    /** @param streams what went wrong with the streams of the container, if anything did */
    void reached(ExitStatus status, @Nullable Throwable streams) {
        Throwable cause = broken.get();
        if (cause != null) {
            failed(cause);
        } else if (streams != null && !fault.is(Wrong.HIDES_OUTPUT_FAILURES)) {
            failed(new DriverException(
                    StandardErrorCode.STREAM_FAILED,
                    "carry its streams",
                    String.valueOf(streams.getMessage()),
                    "",
                    streams));
        } else {
            exit.complete(status);
        }
    }

    void failed(Throwable failure) {
        exit.completeExceptionally(failure);
    }

    ExitStatus await() throws InterruptedException {
        if (fault.is(Wrong.AWAITS_ONCE) && !awaited.compareAndSet(false, true)) {
            throw new IllegalStateException("somebody else waits");
        }
        try {
            return exit.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    Optional<ExitStatus> status() {
        return exit.isDone() && !exit.isCompletedExceptionally() ? Optional.of(exit.join()) : Optional.empty();
    }

    boolean isKnown() {
        return exit.isDone();
    }
}
