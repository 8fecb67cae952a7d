// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The kit notices what it is there to notice: each fault of {@link Wrong}, and each field of a Command that is ignored, fails
 * the behaviours that are named for it; and each behaviour is named for one at least.
 */
class KitProofTest {
    /** More than there are processors: behaviours wait for what a wrong driver never does. */
    private static final int AT_ONE_TIME = 4;

    @Test
    void everyFaultIsNoticedByTheBehavioursThatAreNamedForIt() throws Exception {
        Map<String, Future<Map<String, String>>> running = new TreeMap<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONE_TIME)) {
            Proof.all().forEach(proof -> running.put(proof.fault().toString(), executor.submit(proof::missing)));
        }
        Map<String, Map<String, String>> missed = new TreeMap<>();
        for (Map.Entry<String, Future<Map<String, String>>> one : running.entrySet()) {
            missed.put(one.getKey(), one.getValue().get());
        }
        missed.values().removeIf(Map::isEmpty);
        assertEquals(Map.of(), missed);
    }

    @Test
    void everyBehaviourIsNamedForAFaultAndEveryFaultNamesABehaviour() {
        Set<String> unproved = KitRun.behaviours();
        Set<String> idle = new TreeSet<>();
        int pairs = 0;
        List<Proof> proofs = Proof.all();
        for (Proof proof : proofs) {
            unproved.removeAll(proof.behaviours());
            pairs += proof.behaviours().size();
            if (proof.behaviours().isEmpty()) {
                idle.add(proof.fault().toString());
            }
        }
        System.out.println(KitRun.behaviours().size() + " behaviours, " + proofs.size() + " faults, " + pairs
                + " pairs of a fault and a behaviour that has to notice it");
        assertEquals(Set.of(), unproved, "behaviours that no fault fails");
        assertEquals(Set.of(), idle, "faults that nobody notices");
    }
}
