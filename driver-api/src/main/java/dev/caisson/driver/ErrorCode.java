// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/**
 * A numbered reason, stable over versions. The numbers up to 9999 are Caisson's ({@link StandardErrorCode}); a driver of
 * a third party uses 100000 and above.
 */
public interface ErrorCode {
    /** Returns the number, unique among all codes of a driver. */
    int number();

    /** Returns the name in upper case, as {@code ID_TAKEN}. */
    String name();

    /** Returns the kind that callers act upon. */
    ErrorKind kind();
}
