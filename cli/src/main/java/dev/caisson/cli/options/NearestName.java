// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
public final class NearestName {
    private NearestName() {}

    /** Returns the candidate with the fewest edits, if they are few for a name of that length. */
    public static Optional<String> of(String given, Collection<String> candidates) {
        int most = Math.max(1, given.length() / 3);
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> edits(given, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> edits(given, candidate) <= most);
    }

    /** Levenshtein's distance, row by row. */
    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
