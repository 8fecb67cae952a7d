// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import java.util.List;

/**
 * Neighbouring numbers of system calls that a filter treats alike.
 *
 * @param first the lowest, unsigned; the next range begins where this one ends
 * @param code what decides about them, from the point on where their number no longer matters
 */
record CallRange(int first, List<BpfProgram.Instruction> code) {}
