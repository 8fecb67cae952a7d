// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers the mistakes of a tree of records, each under the path of its field. Not thread-safe; one use each.
 */
public final class Checker {
    private final String path;
    private final List<Mistake> mistakes;

    private Checker(String path, List<Mistake> mistakes) {
        this.path = path;
        this.mistakes = mistakes;
    }

    /** Returns a checker without mistakes that stands at the root of a tree. */
    public static Checker atRoot() {
        return new Checker("", new ArrayList<>());
    }

    /** Returns a checker for a field of where this one stands, reporting into the same list. */
    public Checker at(String field) {
        requireNonNull(field, "field is null");
        return new Checker(path.isEmpty() ? field : path + "." + field, mistakes);
    }

    /** Returns a checker for one element of the list at which this one stands. */
    public Checker at(int index) {
        return new Checker(path + "[" + index + "]", mistakes);
    }

    /** Returns a checker for one entry of the map at which this one stands. */
    public Checker atKey(String key) {
        return new Checker(path + "[" + key + "]", mistakes);
    }

    /** Reports a mistake unless {@code condition} holds. */
    public void require(boolean condition, String problem, String remedy) {
        if (!condition) {
            mistakes.add(new Mistake(path, problem, remedy));
        }
    }

    /** Reports a number outside {@code least..most}. */
    public void range(long value, long least, long most) {
        require(value >= least && value <= most, value + " is out of range", "give " + least + " to " + most);
    }

    /** Checks a field that is itself a tree. */
    public void check(String field, Checked value) {
        value.check(at(field));
    }

    /** Checks a field that may be absent. */
    public void check(String field, Optional<? extends Checked> value) {
        value.ifPresent(present -> check(field, present));
    }

    /** Checks each element of a list. */
    public void checkAll(String field, List<? extends Checked> values) {
        Checker list = at(field);
        for (int index = 0; index < values.size(); index++) {
            values.get(index).check(list.at(index));
        }
    }

    /** Reports text that the kernel can't take because its strings end at a NUL. */
    public void noNul(String text) {
        require(text.indexOf('\0') < 0, "holds a NUL character", "take it out: the kernel's strings end there");
    }

    /** Returns what was reported so far, in order. */
    public List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }
}
