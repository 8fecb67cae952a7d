// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.flags;

/** The value of an option means nothing. The value itself and the option are named by who catches it. */
public final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String problem;
    private final String remedy;

    /**
     * @param problem reads on after the value, such as {@code is no size}
     * @param remedy what would be right
     */
    public BadValueException(String problem, String remedy) {
        super(problem + "; " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Returns what is wrong, to be read after the value. */
    public String problem() {
        return problem;
    }

    /** Returns what would be right. */
    public String remedy() {
        return remedy;
    }
}
