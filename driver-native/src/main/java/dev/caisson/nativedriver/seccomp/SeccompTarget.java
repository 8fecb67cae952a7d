// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.nativedriver.machine.KernelVersion;

/**
 * What the conditions of a profile's rules look at.
 *
 * @param architecture of the machine
 * @param kernel its kernel
 * @param capabilities the bounding set of the container, as bits
 */
record SeccompTarget(Architecture architecture, KernelVersion kernel, long capabilities) {}
