// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.Termination;

/** Ends a simulated process. */
final class Ended extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Termination termination;

    Ended(Termination termination) {
        super("", null, false, false);
        this.termination = termination;
    }

    static Ended with(int code) {
        return new Ended(new Termination.Exited(code));
    }

    Termination termination() {
        return termination;
    }
}
