// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.Feature;
import dev.caisson.driver.tck.DriverTck;
import dev.caisson.driver.tck.machine.Machine;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs behaviours of the kit on a simulated driver and tells how they ended. One at a time. */
final class KitRun {
    private static Fault fault = new Fault.None();
    private static Set<Feature> features = EnumSet.allOf(Feature.class);
    private static SimulatedMachine machine = SimulatedMachine.complete();

    private KitRun() {}

    /** The kit on a simulated driver. */
    static final class Subject extends DriverTck {
        @Override
        protected Driver open(DriverContext context) {
            return new BreakableDriver(machine, fault, features, context);
        }

        @Override
        protected Machine machine() {
            return machine;
        }
    }

    /**
     * How behaviours ended.
     *
     * @param passed names
     * @param skipped names with reasons
     * @param failed names with reasons
     */
    record Result(Set<String> passed, Map<String, String> skipped, Map<String, String> failed) {}

    /** Returns the names of all behaviours. */
    static Set<String> behaviours() {
        return Arrays.stream(DriverTck.class.getMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs all behaviours. */
    static Result all(SimulatedMachine on, Fault with, Set<Feature> having) {
        return execute(on, with, having, EngineTestKit.engine("junit-jupiter").selectors(selectClass(Subject.class)));
    }

    /** Runs some behaviours, given by their names. */
    static Result some(Fault with, Collection<String> names) {
        return execute(
                SimulatedMachine.complete(),
                with,
                EnumSet.allOf(Feature.class),
                EngineTestKit.engine("junit-jupiter")
                        .selectors(names.stream()
                                .map(KitRun::method)
                                .map(method -> selectMethod(Subject.class, method))
                                .toArray(org.junit.platform.engine.DiscoverySelector[]::new)));
    }

    private static Method method(String name) {
        return Arrays.stream(Subject.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no behaviour " + name));
    }

    private static synchronized Result execute(
            SimulatedMachine on, Fault with, Set<Feature> having, EngineTestKit.Builder builder) {
        machine = on;
        fault = with;
        features = having;
        Events events = builder.configurationParameter(
                        "caisson.tck.patience", with instanceof Fault.None ? "10" : "0.5")
                .configurationParameter("caisson.tck.volume", "1000000")
                .execute()
                .testEvents();
        Result result = new Result(new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
        events.finished().stream().forEach(event -> add(event, result));
        result.passed().removeAll(result.failed().keySet());
        return result;
    }

    private static void add(Event event, Result result) {
        String name = event.getTestDescriptor()
                .getSource()
                .map(MethodSource.class::cast)
                .map(MethodSource::getMethodName)
                .orElseThrow();
        TestExecutionResult ended = event.getRequiredPayload(TestExecutionResult.class);
        String reason = ended.getThrowable().map(Throwable::toString).orElse("");
        switch (ended.getStatus()) {
            case SUCCESSFUL -> result.passed().add(name);
            case ABORTED -> result.skipped().put(name, reason);
            case FAILED -> result.failed().merge(name, reason, (first, second) -> first);
        }
    }
}
