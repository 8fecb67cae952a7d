// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.Feature;
import dev.caisson.driver.tck.DriverTck;
import dev.caisson.driver.tck.machine.Machine;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactory;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;

/** The kit on a simulated driver. Run by {@link KitRun} alone, several at one time. */
@ExtendWith(Subject.Factory.class)
final class Subject extends DriverTck {
    /** The configuration parameter that names a {@link Setup}. */
    static final String SETUP = "caisson.simulated.setup";

    private static final Map<String, Setup> SETUPS = new ConcurrentHashMap<>();
    private static final AtomicInteger KEPT = new AtomicInteger();

    private final Setup setup;

    private Subject(Setup setup) {
        this.setup = setup;
    }

    /** On what the kit is run. */
    record Setup(SimulatedMachine machine, Fault fault, Set<Feature> features) {
        /** Returns the one where a fault shows: most do on a machine that has all, with a driver that does all. */
        static Setup of(Fault fault) {
            boolean poor = fault.is(Wrong.IGNORES_WHAT_THE_MACHINE_LACKS);
            boolean simple = fault.is(Wrong.IGNORES_WHAT_IT_LACKS);
            return new Setup(
                    poor ? SimulatedMachine.bare() : SimulatedMachine.complete(),
                    fault,
                    simple ? EnumSet.of(Feature.ROOTFS_DIRECTORY, Feature.NETWORK_NONE) : EnumSet.allOf(Feature.class));
        }
    }

    /** Returns the name by which a test run finds it. */
    static String keep(Setup setup) {
        String name = Integer.toString(KEPT.incrementAndGet());
        SETUPS.put(name, setup);
        return name;
    }

    /** Makes the kit on the setup that the test run names. */
    static final class Factory implements TestInstanceFactory {
        @Override
        public Object createTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
            return new Subject(context.getConfigurationParameter(SETUP, SETUPS::get)
                    .orElseThrow(() -> new IllegalStateException("to be run by KitRun")));
        }
    }

    @Override
    protected Driver open(DriverContext context) {
        return new BreakableDriver(setup.machine(), setup.fault(), setup.features(), context);
    }

    @Override
    protected Machine machine() {
        return setup.machine();
    }
}
