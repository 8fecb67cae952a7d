// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import java.math.BigDecimal;

/** Reads numbers. */
public final class Numbers {
    private Numbers() {}

    /**
     * Returns a whole number.
     *
     * @throws BadValueException if it is none, or out of range
     */
    public static long whole(String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw new BadValueException("is no whole number", "give " + least + " to " + most);
        }
        throw new BadValueException("is out of range", "give " + least + " to " + most);
    }

    /**
     * Returns a number of processors such as 0.5, 0 for no limit.
     *
     * @throws BadValueException if it is none
     */
    public static double processors(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() >= 0 && number.scale() <= 9 && number.precision() <= 18) {
                return number.doubleValue();
            }
        } catch (NumberFormatException notOne) {
            throw new BadValueException("is no number of processors", "give one such as 0.5");
        }
        throw new BadValueException("is no number of processors", "give one such as 0.5");
    }
}
