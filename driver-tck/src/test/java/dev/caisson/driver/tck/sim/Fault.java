// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

/** A way in which a driver can be wrong. */
sealed interface Fault {
    /** It is right. */
    record None() implements Fault {}

    /** It does something wrong. */
    record Doing(Wrong wrong) implements Fault {}

    /** It ignores a field of a Command. */
    record Ignoring(String path) implements Fault {}

    default boolean is(Wrong wrong) {
        return this instanceof Doing doing && doing.wrong() == wrong;
    }
}
