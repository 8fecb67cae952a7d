// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.field;

import dev.caisson.driver.tck.DriverTck;
import dev.caisson.driver.tck.Observes;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which behaviours see the effect of which field, as their {@link Observes} say. */
public final class FieldCoverage {
    private final Map<String, Set<String>> behaviours = new LinkedHashMap<>();
    private final Set<String> unknown = new TreeSet<>();

    private FieldCoverage() {
        FieldPath.all().forEach(path -> behaviours.put(path, new TreeSet<>()));
        Arrays.stream(DriverTck.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Observes.class))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(this::add);
    }

    /** Returns the coverage by the kit as it is. */
    public static FieldCoverage ofKit() {
        return new FieldCoverage();
    }

    private void add(Method behaviour) {
        String name =
                behaviour.getDeclaringClass().getSimpleName().replace("Behaviours", "") + "." + behaviour.getName();
        for (String path : behaviour.getAnnotation(Observes.class).value()) {
            Set<String> observers = behaviours.get(path);
            if (observers == null) {
                unknown.add(name + " observes " + path);
            } else {
                observers.add(name);
            }
        }
    }

    /** Returns for each field, in the order of declaration, the behaviours that see its effect. */
    public Map<String, Set<String>> behaviours() {
        return java.util.Collections.unmodifiableMap(behaviours);
    }

    /** Returns the fields that no behaviour sees. */
    public List<String> unobserved() {
        return behaviours.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns what behaviours say they observe although there is no such field. */
    public Set<String> unknown() {
        return java.util.Collections.unmodifiableSet(unknown);
    }
}
