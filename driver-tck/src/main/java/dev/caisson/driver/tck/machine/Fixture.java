// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

/** Something that was made on the machine for one behaviour. */
@FunctionalInterface
public interface Fixture extends AutoCloseable {
    /** Takes it away; fine if it is gone already. */
    @Override
    void close();
}
