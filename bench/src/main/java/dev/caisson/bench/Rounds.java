// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Times rounds inside this process. */
final class Rounds {
    /** One round. */
    interface Round {
        void run() throws IOException, InterruptedException;
    }

    private Rounds() {}

    static Sample time(int rounds, int warmUp, Round round) throws IOException, InterruptedException {
        for (int i = 0; i < warmUp; i++) {
            round.run();
        }
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            round.run();
            nanos[i] = System.nanoTime() - begin;
        }
        return Sample.of(nanos);
    }

    /** Returns rounds per second of several callers at once. */
    static double perSecond(int callers, int roundsEach, Round round) throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                Callable<Sample> work = () -> time(roundsEach, 0, round);
                running.add(pool.submit(work));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return callers * roundsEach / ((System.nanoTime() - begin) / 1e9);
        }
    }

    static void expectSuccess(int code) throws IOException {
        if (code != 0) {
            throw new IOException("the program ended with " + code);
        }
    }
}
