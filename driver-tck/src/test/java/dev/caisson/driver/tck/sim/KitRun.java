// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.caisson.driver.tck.DriverTck;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs behaviours of the kit on a simulated driver and tells how they ended. */
final class KitRun {
    private KitRun() {}

    /**
     * How behaviours ended.
     *
     * @param passed names
     * @param skipped names with reasons
     * @param failed names with what they have thrown
     */
    record Result(Set<String> passed, Map<String, Throwable> skipped, Map<String, Throwable> failed) {}

    /** Returns the names of all behaviours. */
    static Set<String> behaviours() {
        return Arrays.stream(DriverTck.class.getMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs all behaviours. */
    static Result all(Subject.Setup setup) {
        return execute(setup, selectClass(Subject.class));
    }

    /** Runs some behaviours, given by their names. */
    static Result some(Fault fault, Collection<String> names) {
        return execute(
                Subject.Setup.of(fault),
                names.stream()
                        .map(KitRun::method)
                        .map(method -> selectMethod(Subject.class, method))
                        .toArray(DiscoverySelector[]::new));
    }

    private static Method method(String name) {
        return Arrays.stream(Subject.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no behaviour " + name));
    }

    private static Result execute(Subject.Setup setup, DiscoverySelector... selectors) {
        Result result = new Result(new TreeSet<>(), new TreeMap<>(), new TreeMap<>());
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectors)
                .configurationParameter(Subject.SETUP, Subject.keep(setup))
                .configurationParameter("caisson.tck.patience", setup.fault() instanceof Fault.None ? "10" : "1.5")
                .configurationParameter("caisson.tck.volume", "1000000")
                .execute()
                .testEvents()
                .finished()
                .stream()
                .forEach(event -> add(event, result));
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
        switch (ended.getStatus()) {
            case SUCCESSFUL -> result.passed().add(name);
            case ABORTED -> result.skipped().put(name, ended.getThrowable().orElseThrow());
            case FAILED ->
                result.failed().putIfAbsent(name, ended.getThrowable().orElseThrow());
        }
    }
}
