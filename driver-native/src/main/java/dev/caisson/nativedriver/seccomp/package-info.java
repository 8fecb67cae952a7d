// SPDX-License-Identifier: Apache-2.0
/** Filters of system calls: profiles, Docker's default one among them, and their compilation by libseccomp. */
@NullMarked
package dev.caisson.nativedriver.seccomp;

import org.jspecify.annotations.NullMarked;
