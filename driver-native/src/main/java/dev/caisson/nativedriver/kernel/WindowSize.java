// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** Size of a terminal's window in characters, each at most 65535. */
public record WindowSize(int rows, int columns) {
    public WindowSize {
        if (rows < 0 || rows > 0xffff || columns < 0 || columns > 0xffff) {
            throw new IllegalArgumentException(
                    "A window of " + rows + " rows and " + columns + " columns cannot be set");
        }
    }
}
