// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import dev.caisson.driver.tck.leak.Trace;
import java.util.ArrayList;
import java.util.List;

/** What many rounds showed. */
final class ChaosReport {
    private final long seed;
    private final List<String> faults = new ArrayList<>();
    private int tiedRounds;
    private int tiedStarted;
    private int leftBehind;
    private int lastingRounds;
    private int lastingStarted;
    private int recovered;
    private int lost;

    ChaosReport(long seed) {
        this.seed = seed;
    }

    void tied(int started, List<Trace> leftovers) {
        tiedRounds++;
        tiedStarted += started;
        leftBehind += leftovers.size();
        leftovers.forEach(leftover -> faults.add("tied round " + tiedRounds + ": left behind " + leftover));
    }

    void lasting(int started, Recovery recovery, List<Trace> leftovers) {
        lastingRounds++;
        lastingStarted += started;
        recovered += recovery.recovered();
        lost += recovery.faults().size() + leftovers.size();
        recovery.faults().forEach(fault -> faults.add("lasting round " + lastingRounds + ": " + fault));
        leftovers.forEach(leftover -> faults.add("lasting round " + lastingRounds + ": left behind " + leftover));
    }

    /** What the shim of the last lasting round found worth saying. */
    void logged(List<String> lines) {
        lines.forEach(line -> faults.add("lasting round " + lastingRounds + ": the shim's log says " + line));
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public String toString() {
        return String.join("\n", faults)
                + (faults.isEmpty() ? "" : "\n")
                + "tied:    " + tiedRounds + " kills, " + tiedStarted + " containers started, " + leftBehind
                + " things left behind\n"
                + "lasting: " + lastingRounds + " kills, " + lastingStarted + " containers started, " + recovered
                + " recovered by the next engine, " + lost + " things lost or left\n"
                + "seed " + seed;
    }
}
