// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A filter as the kernel takes it, seccomp(2).
 *
 * @param flags SECCOMP_FILTER_FLAG_*
 * @param instructions an array of {@code struct sock_filter}; not to be changed by whoever reads it
 * @param listener who is asked about the calls of which the filter notifies
 */
public record SeccompFilter(int flags, byte[] instructions, Optional<Listener> listener) {
    /**
     * Who decides about notified calls.
     *
     * @param socket unix socket that gets the descriptor of the notifications
     * @param metadata sent with it
     */
    public record Listener(Path socket, String metadata) {}
}
