// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.Driver;
import java.io.IOException;
import java.nio.file.Path;

/** What is timed, in order. */
final class Report {
    private static final int CALLERS = 4;
    private static final int CROWD = 1000;

    private final Driver driver;
    private final Path sources;
    private final Path scratch;
    private final Path rootfs;
    private final Path busybox;
    private final Table table;
    private final int rounds;
    private final Containers containers;
    private final DriverRun run;

    Report(Driver driver, Path sources, Path scratch, Path rootfs, Path busybox, Table table, int rounds) {
        this.driver = driver;
        this.sources = sources;
        this.scratch = scratch;
        this.rootfs = rootfs;
        this.busybox = busybox;
        this.table = table;
        this.rounds = rounds;
        this.containers = new Containers(rootfs);
        this.run = new DriverRun(driver, containers);
    }

    void print() throws Exception {
        Floor floor = new Floor(CProgram.compile(sources, scratch, "floor"), busybox);
        Path timed = CProgram.compile(sources, scratch, "timed");
        table.add(floor);
        table.add(new BareProcess(busybox));
        double alone = table.add(run);
        table.add(new DriverExec(driver, containers));
        table.add(new PoolStart(driver, containers));
        for (String peer : new String[] {"crun", "runc"}) {
            table.add(new PeerRun(peer, timed, scratch, bundle("peer", "true")));
            table.add(new PeerExec(peer, timed, scratch, bundle("sleeper", "sleep\", \"1000000")));
        }
        table.add(new FirstRun(rootfs));
        atOnce(floor, timed);
        crowd(alone);
        throughput();
    }

    private Path bundle(String name, String arguments) throws IOException {
        return Bundle.write(scratch.resolve(name), rootfs, "\"" + arguments + "\"");
    }

    private void atOnce(Floor floor, Path timed) throws Exception {
        double ours = Rounds.perSecond(CALLERS, rounds, run::once);
        double least = AtOnce.perSecond(CALLERS, rounds, number -> floor.loop(rounds, 0));
        String title = CALLERS + " callers of driver.run at once";
        try {
            double peer = AtOnce.perSecond(
                    CALLERS,
                    rounds,
                    number -> new PeerRun("crun", timed, scratch, bundle("peer" + number, "true")).loop(rounds, 0));
            table.line(
                    title,
                    "%.0f per second; floor %.0f (%.2f x), crun %.0f (%.2f x)",
                    ours,
                    least,
                    ours / least,
                    peer,
                    ours / peer);
        } catch (Unavailable lacking) {
            table.line(title, "%.0f per second; floor %.0f (%.2f x)", ours, least, ours / least);
        }
    }

    private void crowd(double alone) throws Exception {
        try (Crowd crowd = new Crowd(driver, containers, CROWD)) {
            double beside = run.time(rounds, rounds / 5).medianMillis();
            table.line(
                    "driver.run beside " + CROWD + " containers that sleep",
                    "%.2f ms, %.2f x alone; JVM and shim grew by %.1f KiB for each",
                    beside,
                    beside / alone,
                    crowd.kibEach());
        }
    }

    private void throughput() throws Exception {
        Throughput throughput = new Throughput(driver, containers, busybox);
        double ours = throughput.toStream() / 1e9;
        double bare = throughput.barePipe() / 1e9;
        table.line(
                "1 GiB of output to a Java stream", "%.2f GB/s, bare pipe %.2f GB/s (%.2f x)", ours, bare, ours / bare);
        double handed = throughput.toFile() / 1e9;
        double direct = throughput.bareFile() / 1e9;
        table.line(
                "1 GiB of output to a file",
                "%.2f GB/s, without isolation %.2f GB/s (%.2f x)",
                handed,
                direct,
                handed / direct);
    }
}
