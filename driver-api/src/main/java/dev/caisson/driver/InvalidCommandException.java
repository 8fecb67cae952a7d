// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import dev.caisson.driver.check.Mistake;
import java.util.List;
import java.util.stream.Collectors;

/** A Command (or options, or resources) with mistakes: all of them, in the order of the fields. */
public final class InvalidCommandException extends DriverException {
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;

    /**
     * @param doing what was being checked, such as {@code check command "a"}
     * @param mistakes at least one
     */
    public InvalidCommandException(String doing, List<Mistake> mistakes) {
        super(
                StandardErrorCode.INVALID_COMMAND,
                doing,
                mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n  ", prefix(mistakes), "")),
                "");
        this.mistakes = List.copyOf(mistakes);
    }

    private static String prefix(List<Mistake> mistakes) {
        return mistakes.size() == 1 ? "" : mistakes.size() + " mistakes\n  ";
    }

    /** Returns every mistake that was found. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
