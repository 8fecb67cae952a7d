// SPDX-License-Identifier: Apache-2.0
/** Seccomp profiles in files, as Docker and the OCI runtime-spec write them. */
@NullMarked
package dev.caisson.cli.seccomp;

import org.jspecify.annotations.NullMarked;
