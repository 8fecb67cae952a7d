// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.pipes;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;

/**
 * The size of a terminal.
 *
 * @param rows 0 to 65535
 * @param columns 0 to 65535
 */
public record ConsoleSize(int rows, int columns) implements Checked {
    @Override
    public void check(Checker checker) {
        checker.at("rows").range(rows, 0, 65535);
        checker.at("columns").range(columns, 0, 65535);
    }
}
