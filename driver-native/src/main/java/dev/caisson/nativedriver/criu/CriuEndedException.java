// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

/** CRIU ended without an answer. What is told to the caller is made of it where it is known what was being done. */
final class CriuEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CriuEndedException() {
        super("CRIU ended without an answer");
    }
}
