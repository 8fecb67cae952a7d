// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/**
 * Tells what is left behind: what is there at the end, wasn't there at the beginning, and is ours. Exact about our own
 * things, and blind to those of others that come and go on the same machine meanwhile.
 *
 * <pre>{@code
 * LeakCheck leaks = LeakCheck.begin(new Marks().directory(stateRoot).word(id));
 * ... run containers ...
 * leaks.verify();
 * }</pre>
 */
public final class LeakCheck {
    private final List<Census> censuses;
    private final Marks marks;
    private final Map<Census, Set<Trace>> before = new LinkedHashMap<>();

    private LeakCheck(List<Census> censuses, Marks marks) {
        this.censuses = censuses;
        this.marks = marks;
        censuses.forEach(census -> before.put(census, census.take(marks)));
    }

    /** Remembers what there is now on this Linux machine. */
    public static LeakCheck begin(Marks marks) {
        return begin(LinuxCensus.all(), marks);
    }

    /** Remembers what there is now. */
    public static LeakCheck begin(List<Census> censuses, Marks marks) {
        return new LeakCheck(List.copyOf(censuses), marks);
    }

    /** Returns what was left behind up to now. */
    public List<Trace> left() {
        List<Trace> left = new ArrayList<>();
        for (Census census : censuses) {
            Set<Trace> known = before.getOrDefault(census, Set.of());
            census.take(marks).stream()
                    .filter(trace -> !known.contains(trace))
                    .filter(trace -> census.isOurs(trace, marks))
                    .forEach(left::add);
        }
        return left;
    }

    /** @throws AssertionFailedError with a list of everything that was left behind, if anything was */
    public void verify() {
        verify("");
    }

    /**
     * @param when said in the message, such as {@code "after close"}
     * @throws AssertionFailedError with a list of everything that was left behind, if anything was
     */
    public void verify(String when) {
        List<Trace> left = left();
        if (!left.isEmpty()) {
            throw new AssertionFailedError("left behind" + (when.isEmpty() ? "" : " " + when) + ":\n  "
                    + left.stream().map(Trace::toString).sorted().collect(Collectors.joining("\n  ")));
        }
    }
}
