// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import dev.caisson.driver.tck.leak.LeakCheck;
import dev.caisson.driver.tck.leak.Marks;
import dev.caisson.driver.tck.machine.Machine;
import dev.caisson.driver.tck.probe.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Assumptions;

/** What all behaviours of a test class share: the workshop, and what a driver loads once per JVM. */
final class Bench implements AutoCloseable {
    private final Workshop workshop;
    private final String token;
    private boolean warm;

    private Bench(Workshop workshop, String token) {
        this.workshop = workshop;
        this.token = token;
    }

    /** Returns a new one, or skips the class if this machine has no busybox. */
    static Bench open() {
        Path busybox = Workshop.findBusybox()
                .orElseGet(() -> Assumptions.abort(
                        "no statically linked busybox at " + Workshop.places() + ": install package busybox-static"));
        String token = "caisson-tck-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return new Bench(Workshop.open(busybox, token), token);
    }

    /** Runs one container with a driver of its own, so that what is loaded once isn't taken for a leak. */
    void warmUp(DriverTck tck, Measures measures) {
        if (warm) {
            return;
        }
        warm = true;
        openSocket();
        session(tck, measures, Lifetime.TIED, false).close();
    }

    /** The JDK keeps a descriptor from the first socket on. */
    private void openSocket() {
        try {
            SeccompListener.open(workshop.newDirectory("socket").resolve("warm"))
                    .close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Opens a driver for one behaviour. */
    Session session(DriverTck tck, Measures measures, Lifetime lifetime) {
        return session(tck, measures, lifetime, true);
    }

    private Session session(DriverTck tck, Measures measures, Lifetime lifetime, boolean strict) {
        Machine machine = tck.machine();
        Path stateRoot = workshop.newDirectory("state");
        Marks marks = new Marks().word(token).directory(stateRoot);
        LeakCheck outer = LeakCheck.begin(machine.censuses(), marks);
        DriverContext context = new DriverContext(stateRoot, lifetime);
        Kit kit = new Kit(open(tck, context), tck::open, context, machine, workshop, marks, token, measures);
        useOnce(kit);
        return new Session(kit, outer, LeakCheck.begin(machine.censuses(), marks), strict);
    }

    /** A driver may open what it needs at the first container, hook and exec, and keep it. */
    private void useOnce(Kit kit) {
        Command.Builder command = kit.command(Steps.readLine());
        if (kit.has(Feature.HOOKS)) {
            Hook nothing = Hook.of(workshop.busybox(), "true");
            command.hooks(new Hooks(List.of(), List.of(nothing), List.of(), List.of(), List.of(), List.of()));
        }
        try {
            Live<ExitStatus> live = kit.start(command);
            if (kit.has(Feature.EXEC)) {
                Live<ExecStatus> exec = kit.startExec(live.id(), kit.process(Steps.exit(0)));
                exec.input().end();
                exec.await();
            }
            live.input().end();
            live.await();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    /** A driver that recovers nothing may refuse to be opened as a lasting one: it is tied then, and lacks the feature. */
    private static Driver open(DriverTck tck, DriverContext context) {
        try {
            return tck.open(context);
        } catch (DriverException refusal) {
            if (context.lifetime() == Lifetime.LASTING && refusal.kind() == ErrorKind.UNSUPPORTED) {
                return tck.open(new DriverContext(context.stateRoot(), Lifetime.TIED));
            }
            throw refusal;
        }
    }

    @Override
    public void close() {
        workshop.close();
    }
}
