// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.flags;

import dev.caisson.driver.DriverException;

/** Reads the text of an option. */
@FunctionalInterface
public interface ValueReader<T> {
    /**
     * Returns what the text means.
     *
     * @throws BadValueException if it means nothing
     * @throws DriverException of kind USER if it means nothing
     */
    T read(String text);
}
