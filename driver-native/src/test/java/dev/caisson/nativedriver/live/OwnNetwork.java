// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs tests in a JVM that is in a network namespace of its own: bridges, interfaces, tables and settings that they make are
 * none of the machine's.
 */
public final class OwnNetwork {
    private static final String MARK = "caisson.own-network";
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");

    private OwnNetwork() {}

    /**
     * Runs them.
     *
     * @param selectors names of classes, or of methods as {@code class#method(parameter types)}
     */
    public static void run(List<String> selectors) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(UNSHARE), "needs " + UNSHARE + " (package util-linux)");
        Path list = Files.createTempFile("own-network", ".txt");
        try {
            Files.write(list, selectors);
            Process tests = new ProcessBuilder(
                            UNSHARE.toString(),
                            "--net",
                            "/bin/sh",
                            "-c",
                            // A JVM finds out once what there is of IPv6.
                            "ip link set lo up && exec \"$0\" \"$@\"",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-D" + MARK + "=true",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            OwnNetwork.class.getName(),
                            list.toString())
                    .redirectErrorStream(true)
                    .start();
            tests.getOutputStream().close();
            String said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.print(said);
            assertEquals(0, tests.waitFor(), said);
        } finally {
            Files.delete(list);
        }
    }

    /** Keeps tests that were not started by this class from changing the machine's network. */
    public static void assume() {
        Assumptions.assumeTrue(Boolean.getBoolean(MARK), "is run by OwnNetwork, in a network namespace of its own");
    }

    /** The JVM in the namespace. */
    public static void main(String[] args) throws IOException {
        List<? extends DiscoverySelector> selectors = Files.readAllLines(Path.of(args[0])).stream()
                .map(line -> line.contains("#")
                        ? DiscoverySelectors.selectMethod(line)
                        : DiscoverySelectors.selectClass(line))
                .toList();
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        summary.printFailuresTo(out, 20);
        out.printf(
                "%d tests in a network of their own: %d passed, %d failed, %d skipped%n",
                summary.getTestsFoundCount(),
                summary.getTestsSucceededCount(),
                summary.getTestsFailedCount(),
                summary.getTestsAbortedCount());
        boolean passed = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
        System.exit(passed ? 0 : 1);
    }
}
