// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How the host's traffic control sees a container (cgroup v1: net_cls and net_prio).
 *
 * @param classId tag of its packets, 32 bits
 * @param priorities per interface of the host
 */
public record NetworkClass(OptionalLong classId, Map<String, Long> priorities) implements Checked {
    public NetworkClass {
        requireNonNull(classId, "classId is null");
        priorities = Collections.unmodifiableSortedMap(new TreeMap<>(priorities));
    }

    /** Returns neither tag nor priorities. */
    public static NetworkClass none() {
        return new NetworkClass(OptionalLong.empty(), Map.of());
    }

    @Override
    public void check(Checker checker) {
        classId.ifPresent(value -> checker.at("classId").range(value, 0, 0xffff_ffffL));
        priorities.forEach((name, value) -> checker.at("priorities").atKey(name).range(value, 0, 0xffff_ffffL));
    }
}
