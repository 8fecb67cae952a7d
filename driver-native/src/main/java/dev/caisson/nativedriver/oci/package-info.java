// SPDX-License-Identifier: Apache-2.0
/** The words of the OCI runtime-spec that other programs are told: what hooks and seccomp listeners get. */
@NullMarked
package dev.caisson.nativedriver.oci;

import org.jspecify.annotations.NullMarked;
