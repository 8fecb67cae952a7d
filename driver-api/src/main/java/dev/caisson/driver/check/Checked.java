// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.check;

/** A record whose content can be wrong in ways that its types don't exclude. */
public interface Checked {
    /**
     * Reports every mistake of this record and of what it holds. Does not throw, does not touch the machine: whether a
     * path exists or a kernel can do it is for the driver to find.
     *
     * @param checker where to report, already standing at this record's own path
     */
    void check(Checker checker);
}
