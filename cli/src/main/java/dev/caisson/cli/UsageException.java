// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import java.util.List;

/** The command line can't be carried out; every reason on a line of its own. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> mistakes;

    /** @param mistakes at least one, each a line */
    public UsageException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Returns the lines. */
    public List<String> mistakes() {
        return mistakes;
    }
}
