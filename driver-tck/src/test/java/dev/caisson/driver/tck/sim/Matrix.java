// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import java.util.Arrays;
import java.util.List;

/** Prints for each fault which behaviours of the whole kit notice it: for whoever adds a behaviour or a fault. */
final class Matrix {
    private Matrix() {}

    /** With arguments: for those faults only. */
    public static void main(String[] faults) {
        List<String> asked = Arrays.asList(faults);
        Arrays.stream(Wrong.values())
                .filter(wrong -> asked.isEmpty() || asked.contains(wrong.name()))
                .forEach(Matrix::print);
    }

    private static void print(Wrong wrong) {
        KitRun.Result result = KitRun.all(Subject.Setup.of(new Fault.Doing(wrong)));
        System.out.println(wrong + " " + result.failed().keySet());
        result.failed().forEach((name, thrown) -> System.out.println("  " + name + ": " + thrown));
    }
}
