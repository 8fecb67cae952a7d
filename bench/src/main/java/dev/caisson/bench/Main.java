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
            Path floor = CProgram.compile(sources, scratch, "floor");
            Path timed = CProgram.compile(sources, scratch, "timed");
            Path bundle = Bundle.write(scratch.resolve("bundle"), rootfs, "\"true\"");
            Path sleeper = Bundle.write(scratch.resolve("sleeper"), rootfs, "\"sleep\", \"1000000\"");
            Containers containers = new Containers(rootfs);
            DriverRun run = new DriverRun(driver, containers);
            Table table = new Table(rounds, System.out);
            table.add(new Floor(floor, busybox));
            table.add(new BareProcess(busybox));
            table.add(run);
            table.add(new DriverExec(driver, containers));
            table.add(new PeerRun("crun", timed, scratch, bundle));
            table.add(new PeerExec("crun", timed, scratch, sleeper));
            table.add(new PeerRun("runc", timed, scratch, bundle));
            table.add(new PeerExec("runc", timed, scratch, sleeper));
            table.line("driver.run, 4 callers at once", Rounds.perSecond(4, rounds, run::once));
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
