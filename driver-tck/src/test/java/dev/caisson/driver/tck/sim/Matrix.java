// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.Feature;
import java.util.EnumSet;

/** Prints for each fault which behaviours of the whole kit notice it: for whoever adds a behaviour or a fault. */
final class Matrix {
    private Matrix() {}

    /** With arguments: for those faults only. */
    public static void main(String[] faults) {
        for (Wrong wrong : Wrong.values()) {
            if (faults.length == 0 || java.util.Arrays.asList(faults).contains(wrong.name())) {
                long begin = System.nanoTime();
                KitRun.Result result =
                        KitRun.all(SimulatedMachine.complete(), new Fault.Doing(wrong), EnumSet.allOf(Feature.class));
                System.out.println(
                        wrong + " " + result.failed().keySet() + " " + (System.nanoTime() - begin) / 1_000_000 + " ms");
                if (faults.length > 0) {
                    result.failed().forEach((name, reason) -> System.out.println("  " + name + ": " + reason));
                }
            }
        }
    }
}
