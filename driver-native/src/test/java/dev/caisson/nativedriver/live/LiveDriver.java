// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.leak.LeakCheck;
import dev.caisson.driver.tck.leak.Marks;
import dev.caisson.driver.tck.leak.Trace;
import dev.caisson.nativedriver.NativeDriverProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A native driver on a state root of its own; closing it fails if anything is left behind. */
final class LiveDriver implements AutoCloseable {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private final String token =
            "live" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final Path directory;
    private final Path rootfs;
    private final Lifetime lifetime;
    private final LeakCheck leaks;
    private Driver driver;

    private LiveDriver(Lifetime lifetime) throws IOException {
        this.lifetime = lifetime;
        directory = Files.createTempDirectory(Path.of("/run"), token);
        rootfs = makeRootfs(directory.resolve("rootfs"));
        // What a JVM loads once is not a leak.
        try (Driver warm = open(directory.resolve("warm"), Lifetime.TIED)) {
            warm.features();
        }
        Marks marks = new Marks().word(token).directory(directory.resolve("warm"));
        // The root of lasting containers stays.
        leaks = LeakCheck.begin(lifetime == Lifetime.TIED ? marks.directory(directory.resolve("state")) : marks);
        driver = open(directory.resolve("state"), lifetime);
    }

    static LiveDriver tied() throws IOException {
        return open(Lifetime.TIED);
    }

    static LiveDriver lasting() throws IOException {
        return open(Lifetime.LASTING);
    }

    private static LiveDriver open(Lifetime lifetime) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(BUSYBOX), "needs " + BUSYBOX + " (package busybox-static)");
        Assumptions.assumeTrue(
                new NativeDriverProvider().probe().isAvailable(),
                () -> "needs " + new NativeDriverProvider().probe().obstacles());
        return new LiveDriver(lifetime);
    }

    private static Driver open(Path stateRoot, Lifetime lifetime) {
        DriverProvider provider = new NativeDriverProvider();
        return provider.open(new DriverContext(stateRoot, lifetime), provider.defaultOptions());
    }

    private static Path makeRootfs(Path root) throws IOException {
        for (String name : List.of("bin", "proc", "sys", "dev", "etc", "tmp", "root")) {
            Files.createDirectories(root.resolve(name));
        }
        Files.copy(BUSYBOX, root.resolve("bin/busybox"));
        for (String applet : List.of("sh", "cat", "sleep", "true", "id", "head", "tr", "env", "pwd", "tty", "stty")) {
            Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
        }
        Files.writeString(
                root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\nann:x:1000:\n");
        return root;
    }

    Driver driver() {
        return driver;
    }

    /** The directory of the driver's state. */
    Path stateRoot() {
        return directory.resolve("state");
    }

    Path rootfs() {
        return rootfs;
    }

    /** A new directory, removed at the end. */
    Path directory(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    /** Closes the driver and opens it again on the same state root. */
    Driver reopen() {
        driver.close();
        return openAgain();
    }

    /** Opens another driver on the same state root. */
    Driver openAgain() {
        driver = open(stateRoot(), lifetime);
        return driver;
    }

    ContainerId id(String name) {
        return ContainerId.of(token + "-" + name);
    }

    ProcessConfig.Builder process(String... args) {
        return ProcessConfig.builder(args).env("PATH", "/bin").env("TOKEN", token);
    }

    Command.Builder command(String name, String... args) {
        return Command.builder(id(name)).process(process(args).build()).rootfs(Rootfs.directory(rootfs));
    }

    Command shell(String name, String script) {
        return command(name, "sh", "-c", script).build();
    }

    /** Runs a script and returns how it ended; its output goes to {@code output}. */
    ExitStatus run(String name, String script, ByteArrayOutputStream output) throws InterruptedException {
        return driver.run(shell(name, script), Pipes.combined(output), StartCallback.NONE);
    }

    /** Runs a script and returns what it says. */
    String say(String name, String script) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        run(name, script, output);
        return output.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        driver.containers().forEach(container -> {
            driver.terminate(container.id());
            driver.clean(container.id());
        });
        driver.close();
        try {
            assertEquals(
                    List.of(),
                    leaks.left().stream().filter(trace -> !isLeftToInit(trace)).toList(),
                    "left behind after close");
        } finally {
            delete(directory);
        }
    }

    /** A process of a shim that was killed is reaped by init, which may take its time. */
    private static boolean isLeftToInit(Trace trace) {
        return trace.description().endsWith("state Z, child of 1");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
