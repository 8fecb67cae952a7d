// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.Driver;
import dev.caisson.driver.Drivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Prints the table. Usage: Main SOURCES-OF-C-PROGRAMS [ROUNDS]. */
final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        Path sources = Path.of(args[0]);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 300;
        Path scratch = Files.createTempDirectory("caisson-bench");
        try (Driver driver = Drivers.open("native")) {
            Path busybox = Tool.find("busybox");
            Path rootfs = Busybox.rootfs(scratch, busybox);
            new Report(driver, sources, scratch, rootfs, busybox, new Table(rounds, System.out), rounds).print();
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path tree) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(tree)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
