// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.Driver;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How fast a gibibyte comes out of a container. */
final class Throughput {
    private static final long BYTES = 1L << 30;
    private static final int TIMES = 5;
    private static final List<String> WRITER = List.of("dd", "if=/dev/zero", "bs=65536", "count=" + (BYTES >> 16));

    private final Driver driver;
    private final Containers containers;
    private final Path busybox;

    Throughput(Driver driver, Containers containers, Path busybox) {
        this.driver = driver;
        this.containers = containers;
        this.busybox = busybox;
    }

    /** Bytes per second through Pipes to a Java stream; the median of some. */
    double toStream() throws IOException, InterruptedException {
        return median(() -> {
            Counter counter = new Counter();
            run(Pipes.output(counter, OutputStream.nullOutputStream()));
            expect(counter.bytes);
        });
    }

    /** The same bytes of a bare process, read from its pipe by Java. */
    double barePipe() throws IOException, InterruptedException {
        return median(() -> {
            Process process = start(ProcessBuilder.Redirect.PIPE);
            long bytes = 0;
            byte[] buffer = new byte[65536];
            try (InputStream stream = process.getInputStream()) {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    bytes += count;
                }
            }
            expect(bytes);
            Rounds.expectSuccess(process.waitFor());
        });
    }

    /** To a file that is handed over. */
    double toFile() throws IOException, InterruptedException {
        return median(() -> run(new Pipes.Streams(
                new Input.Empty(), new Output.ToFile(Path.of("/dev/null"), true), new Output.Discard(), List.of())));
    }

    /** The same of a bare process. */
    double bareFile() throws IOException, InterruptedException {
        return median(() -> Rounds.expectSuccess(
                start(ProcessBuilder.Redirect.appendTo(Path.of("/dev/null").toFile()))
                        .waitFor()));
    }

    private void run(Pipes pipes) throws IOException, InterruptedException {
        Rounds.expectSuccess(driver.run(containers.of(WRITER.toArray(String[]::new)), pipes, StartCallback.NONE)
                .shellCode());
    }

    private Process start(ProcessBuilder.Redirect output) throws IOException {
        List<String> command = new ArrayList<>(WRITER);
        command.add(0, busybox.toString());
        return new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static double median(Rounds.Round round) throws IOException, InterruptedException {
        List<Double> speeds = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            round.run();
            speeds.add(BYTES / ((System.nanoTime() - begin) / 1e9));
        }
        Collections.sort(speeds);
        return speeds.get(TIMES / 2);
    }

    private static void expect(long bytes) throws IOException {
        if (bytes != BYTES) {
            throw new IOException(bytes + " bytes came instead of " + BYTES);
        }
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int octet) {
            bytes++;
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            bytes += length;
        }
    }
}
