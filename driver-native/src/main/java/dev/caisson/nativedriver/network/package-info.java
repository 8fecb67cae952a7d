// SPDX-License-Identifier: Apache-2.0
/**
 * The host's part of a container's network: names of the host's ends, and the translation of addresses by nftables.
 *
 * <p>Nothing here has to be cleaned up: a table is owned by a socket and a port is reserved by one, and the shim keeps these
 * sockets as long as the container is there.
 */
@NullMarked
package dev.caisson.nativedriver.network;

import org.jspecify.annotations.NullMarked;
