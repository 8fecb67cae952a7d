// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.tck.leak.LeakCheck;
import dev.caisson.driver.tck.leak.Marks;
import dev.caisson.driver.tck.machine.Machine;
import dev.caisson.driver.tck.probe.Steps;
import java.nio.file.Path;
import java.util.HexFormat;
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
    void warmUp(DriverTck tck) {
        if (warm) {
            return;
        }
        warm = true;
        try (Session session = session(tck, Measures.standard(), false)) {
            session.kit().run(session.kit().command(Steps.line("warm")));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens a driver for one behaviour. */
    Session session(DriverTck tck, Measures measures) {
        return session(tck, measures, true);
    }

    private Session session(DriverTck tck, Measures measures, boolean strict) {
        Machine machine = tck.machine();
        Path stateRoot = workshop.newDirectory("state");
        Marks marks = new Marks().word(token).directory(stateRoot);
        LeakCheck outer = LeakCheck.begin(machine.censuses(), marks);
        DriverContext context = new DriverContext(stateRoot, Lifetime.TIED);
        Driver driver = tck.open(context);
        Kit kit = new Kit(driver, tck::open, context, machine, workshop, marks, token, measures);
        try {
            kit.run(kit.command(Steps.line("warm")));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        return new Session(kit, outer, LeakCheck.begin(machine.censuses(), marks), strict);
    }

    @Override
    public void close() {
        workshop.close();
    }
}
