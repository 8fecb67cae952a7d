// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.tck.field.FieldCoverage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault with the behaviours that have to notice it.
 *
 * @param fault what the driver does wrong
 * @param behaviours the names of those that have to fail
 */
record Proof(Fault fault, Set<String> behaviours) {
    /**
     * Fields that can't be ignored without ado, because every container of the kit needs them as they are or no valid Command
     * is without, each with a deed that comes to the same.
     */
    private static final Map<String, Wrong> BY_DEED = Map.of(
            "id", Wrong.TAKES_THE_SAME_ID_TWICE,
            "process.args", Wrong.LOSES_EMPTY_ARGUMENTS,
            "namespaces.mount(Private)", Wrong.SHARES_THE_HOSTS_MOUNTS);

    /**
     * Nobody sees what was permitted before execve(2), which makes the new set of the inheritable and the bounding one. It
     * counts as the limit of what is effective and ambient, which a Command is checked for.
     */
    private static final Set<String> UNSEEN = Set.of("process.capabilities.permitted");

    /** Returns one for every fault. */
    static List<Proof> all() {
        return Stream.concat(ofDeeds(), ofFields()).toList();
    }

    private static Stream<Proof> ofDeeds() {
        return Arrays.stream(Wrong.values())
                .map(wrong -> new Proof(new Fault.Doing(wrong), new TreeSet<>(wrong.noticed())));
    }

    /** Whoever says that it observes a field has to notice if the field is ignored. */
    private static Stream<Proof> ofFields() {
        Map<String, Set<String>> fields = new TreeMap<>(FieldCoverage.ofKit().behaviours());
        fields.keySet().removeAll(BY_DEED.keySet());
        fields.keySet().removeAll(UNSEEN);
        return fields.entrySet().stream()
                .map(field -> new Proof(new Fault.Ignoring(field.getKey()), names(field.getValue())));
    }

    /** Names without those of their groups. */
    private static Set<String> names(Set<String> behaviours) {
        return behaviours.stream()
                .map(name -> name.substring(name.indexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Runs the behaviours with the fault and returns those that haven't noticed it, each with what came instead. */
    Map<String, String> missing() {
        KitRun.Result result = KitRun.some(fault, behaviours);
        Map<String, String> missing = new TreeMap<>();
        behaviours.forEach(name -> {
            Throwable thrown = result.failed().get(name);
            if (thrown == null) {
                missing.put(name, "passes");
            } else if (isIn(thrown, "KitExtension", "beforeEach")) {
                missing.put(name, "fails before it begins: " + thrown);
            } else if (isIn(thrown, "FieldEraser", "erase")) {
                missing.put(name, "the fault can't be made: " + thrown);
            }
        });
        return missing;
    }

    private static boolean isIn(Throwable thrown, String type, String method) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .flatMap(one -> Arrays.stream(one.getStackTrace()))
                .anyMatch(frame -> frame.getClassName().endsWith("." + type)
                        && frame.getMethodName().equals(method));
    }
}
