// SPDX-License-Identifier: Apache-2.0
/**
 * What an ordinary user has to make containers with: a user namespace of its own, in which the shim is root, and the ids that
 * /etc/subuid and /etc/subgid lend it.
 */
@NullMarked
package dev.caisson.nativedriver.rootless;

import org.jspecify.annotations.NullMarked;
