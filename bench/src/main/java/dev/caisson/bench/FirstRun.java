// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.Driver;
import dev.caisson.driver.Drivers;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.pipes.Pipes;
import java.nio.file.Path;
import java.util.List;

/** The first {@link Driver#run} of a new JVM, the opening of the driver included: main() prints its nanoseconds. */
record FirstRun(Path rootfs) implements Subject {
    private static final int ROUNDS_MOST = 15;

    public static void main(String[] args) throws Exception {
        long begin = System.nanoTime();
        try (Driver driver = Drivers.open("native")) {
            Rounds.expectSuccess(
                    driver.run(new Containers(Path.of(args[0])).of("true"), Pipes.discard(), StartCallback.NONE)
                            .shellCode());
            System.out.println(System.nanoTime() - begin);
        }
    }

    @Override
    public String title() {
        return "first driver.run of a new JVM, driver opened in it";
    }

    @Override
    public String version() {
        return System.getProperty("java.vm.version");
    }

    @Override
    public Sample time(int rounds, int warmUp) throws Exception {
        long[] nanos = new long[Math.min(rounds, ROUNDS_MOST)];
        for (int i = 0; i < nanos.length; i++) {
            String printed = Tool.output(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FirstRun.class.getName(),
                    rootfs.toString()));
            nanos[i] = Long.parseLong(
                    printed.lines().reduce((before, line) -> line).orElseThrow());
        }
        return Sample.of(nanos);
    }
}
