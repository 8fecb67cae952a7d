// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import dev.caisson.driver.Container;
import dev.caisson.driver.Driver;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Containers that are written to a directory and brought back. */
final class Checkpoints {
    /** Counts, and does what stands in /tmp/do when it gets a signal. */
    static final String COUNTER = "trap '. /tmp/do' USR1; i=0; while :; do i=$((i+1)); echo $i; sleep 0.05; done";

    /** Two processes that are connected to each other, for what comes next. */
    static final String CONNECTED = "(sleep 1000 | busybox nc -l -p 77 >/dev/null) &"
            + " until busybox netstat -ntl | grep -q ':77 '; do sleep 0.01; done;"
            + " (sleep 1000 | busybox nc 127.0.0.1 77 >/dev/null) &"
            + " until busybox netstat -nt | grep -q ESTABLISHED; do sleep 0.01; done; ";

    private final LiveDriver live;
    private final Path images;

    Checkpoints(LiveDriver live) throws IOException {
        Assumptions.assumeTrue(
                live.driver().features().contains(Feature.CHECKPOINT), "needs criu 3.19 or later in PATH");
        this.live = live;
        this.images = live.directory("images");
    }

    Path images() {
        return images;
    }

    private Driver driver() {
        return live.driver();
    }

    /** Starts one that counts, and returns when it has counted to three. */
    Container start(Command command, Pipes pipes, Lines lines) throws InterruptedException {
        Container container = driver().create(command, pipes);
        container.start();
        count(lines, 3);
        return container;
    }

    static void count(Lines lines, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            lines.next();
        }
    }

    /** Starts one, writes it when it has counted to three, and cleans it. */
    void write(Command command) throws InterruptedException {
        Lines lines = new Lines();
        start(command, Pipes.combined(lines), lines);
        driver().checkpoint(command.id(), CheckpointOptions.into(images, false));
        driver().clean(command.id());
    }

    Container restore(Command command, Pipes pipes) throws InterruptedException {
        return driver().restore(command, pipes, RestoreOptions.from(images));
    }

    /** Has a running one do something. */
    void tell(Container container, String script) throws IOException {
        Files.writeString(live.rootfs().resolve("tmp/do"), script);
        driver().kill(container.id(), Signal.USR1);
    }
}
