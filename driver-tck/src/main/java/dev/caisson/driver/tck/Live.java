// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.StartedProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opentest4j.AssertionFailedError;

/**
 * A blocking run or exec that goes on in a thread of its own.
 *
 * @param <S> what it returns
 */
public final class Live<S> implements AutoCloseable {
    /** A call of {@code Driver.run} or {@code Driver.exec}. */
    interface Call<S> {
        S call(StartCallback onStart) throws InterruptedException;
    }

    private final ContainerId id;
    private final Duration patience;
    private final Feed input;
    private final Transcript out;
    private final Transcript err;
    private final CompletableFuture<StartedProcess> started = new CompletableFuture<>();
    private final CompletableFuture<S> ended = new CompletableFuture<>();
    private final Thread thread;

    Live(ContainerId id, Duration patience, Feed input, Transcript out, Transcript err, Call<S> call) {
        this.id = id;
        this.patience = patience;
        this.input = input;
        this.out = out;
        this.err = err;
        thread = Thread.ofVirtual().name("live " + id).start(() -> carryOut(call));
    }

    private void carryOut(Call<S> call) {
        try {
            S status = call.call(started::complete);
            started.completeExceptionally(new AssertionFailedError("it ended without telling of its start"));
            ended.complete(status);
        } catch (InterruptedException | RuntimeException | Error failure) {
            started.completeExceptionally(failure);
            ended.completeExceptionally(failure);
        }
    }

    /** Waits until it was started, or throws what came instead. */
    public Live<S> awaitStart() throws InterruptedException {
        get(started, "its start");
        return this;
    }

    /** Returns the container that it runs in. */
    public ContainerId id() {
        return id;
    }

    /** Returns the process that was started. */
    public StartedProcess process() {
        return started.getNow(null);
    }

    /** Returns the thread that waits in the driver. */
    public Thread thread() {
        return thread;
    }

    /** Returns where its standard input is fed. */
    public Feed input() {
        return input;
    }

    /** Returns its standard output. */
    public Transcript out() {
        return out;
    }

    /** Returns its standard error. */
    public Transcript err() {
        return err;
    }

    /** Waits for the next line of its standard output. */
    public String line() throws InterruptedException {
        return out.line();
    }

    /** Waits for the next line of a transcript into which it writes, or throws what ended it before. */
    public String from(Transcript transcript) throws InterruptedException {
        awaitStart();
        return transcript.line();
    }

    /** Waits for the next line of its standard output, and fails if it is another one. */
    public Live<S> says(String line) throws InterruptedException {
        assertEquals(line, out.line(), "the next line of its output");
        return this;
    }

    /** Waits for its end. */
    public S await() throws InterruptedException {
        return get(ended, "its end");
    }

    /** Returns true if the driver's method has returned or thrown. Doesn't wait. */
    public boolean hasEnded() {
        return ended.isDone();
    }

    private <V> V get(CompletableFuture<V> future, String what) throws InterruptedException {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException never) {
            throw new AssertionFailedError(
                    "waited " + patience.toSeconds() + " s in vain for " + what + " after: " + out);
        } catch (ExecutionException failed) {
            throw Kit.rethrow(failed.getCause());
        }
    }

    /** Interrupts it and waits for its thread's end. Idempotent. */
    @Override
    public void close() {
        input.end();
        thread.interrupt();
        try {
            if (!thread.join(patience)) {
                throw new AssertionFailedError(
                        "an interrupt did not end the call on " + id + " within " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
