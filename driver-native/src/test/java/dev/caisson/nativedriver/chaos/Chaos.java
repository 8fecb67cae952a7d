// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.tck.leak.LeakCheck;
import dev.caisson.driver.tck.leak.Marks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills engines with SIGKILL at random moments: in tied mode nothing may be left behind, in lasting mode nothing may be lost.
 * Arguments: rounds of each mode, and the seed of the moments (default: the clock's). Prints counts; ends with 1 if
 * anything was left or lost.
 */
public final class Chaos {
    private static final int LONGEST_MILLIS = 3000;

    private final Random random;
    private final Path scratch;
    private final Path rootfs;
    private final String token = "chaos" + ProcessHandle.current().pid();

    private Chaos(long seed, Path scratch) throws IOException {
        this.random = new Random(seed);
        this.scratch = scratch;
        this.rootfs = BusyboxRootfs.make(scratch.resolve("rootfs"));
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        try {
            ChaosReport report = run(rounds, seed);
            System.out.println(report);
            System.exit(report.faults().isEmpty() ? 0 : 1);
        } catch (InterruptedException stopped) {
            System.err.println("stopped before the last round; what was running is gone");
        }
    }

    static ChaosReport run(int rounds, long seed) throws Exception {
        Path scratch = Files.createTempDirectory(Path.of("/run"), "caisson-chaos-");
        Thread hook = interrupter(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Chaos chaos = new Chaos(seed, scratch);
            ChaosReport report = new ChaosReport(seed);
            for (int round = 0; round < rounds; round++) {
                chaos.tied(round, report);
                chaos.lasting(round, report);
            }
            return report;
        } finally {
            Shims.end(scratch);
            Trees.delete(scratch);
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // It runs already, and waits for us.
            return;
        }
    }

    /** Whoever presses Ctrl-C does not want a lasting driver's containers to go on. */
    private static Thread interrupter(Thread running) {
        return new Thread(() -> {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException nobody) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void tied(int round, ChaosReport report) throws Exception {
        Path root = Files.createDirectory(scratch.resolve("tied-" + round));
        LeakCheck leaks = LeakCheck.begin(new Marks().directory(root).word(token));
        Ledger ledger = kill(Lifetime.TIED, root, round);
        Shims.awaitEnd(root);
        report.tied(ledger.allStarted().size(), leaks.left());
        Trees.delete(root);
        Trees.delete(ledger.directory());
    }

    private void lasting(int round, ChaosReport report) throws Exception {
        Path root = Files.createDirectory(scratch.resolve("lasting-" + round));
        // The root's own files (lock, log) are there to stay; a first engine makes them.
        Recovery.engine(root).close();
        Shims.awaitEnd(root);
        LeakCheck leaks = LeakCheck.begin(new Marks().directory(root).word(token));
        Ledger ledger = kill(Lifetime.LASTING, root, round);
        Recovery recovery = Recovery.of(root, ledger);
        Shims.awaitEnd(root);
        report.lasting(ledger.allStarted().size(), recovery, leaks.left());
        // Only one that has something to say is left.
        Path log = root.resolve("lasting/shim.log");
        if (Files.exists(log)) {
            report.logged(Files.readAllLines(log));
        }
        Trees.delete(root);
        Trees.delete(ledger.directory());
    }

    private Ledger kill(Lifetime lifetime, Path root, int round) throws IOException, InterruptedException {
        Ledger ledger = new Ledger(Files.createDirectory(scratch.resolve("ledger-" + lifetime + "-" + round)));
        Process victim = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        // no word about a log that nobody keeps
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        lifetime.name(),
                        root.toString(),
                        ledger.directory().toString(),
                        rootfs.toString(),
                        token)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (victim.getInputStream().read() != 'b') {
            throw new IOException("the victim ended before it began, with " + victim.waitFor());
        }
        if (victim.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS)) {
            throw new IOException("the victim ended by itself, with " + victim.exitValue());
        }
        victim.destroyForcibly().waitFor();
        victim.getInputStream().close();
        return ledger;
    }
}
