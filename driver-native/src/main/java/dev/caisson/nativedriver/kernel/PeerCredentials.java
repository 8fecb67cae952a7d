// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** The process at the other end of a socket, as seen from our namespaces. */
public record PeerCredentials(int pid, int uid, int gid) {}
