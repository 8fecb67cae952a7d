// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** A resource limit (getrlimit(2)) as unsigned numbers; all bits set means unlimited. */
public record ResourceLimit(long soft, long hard) {
    /** RLIM_INFINITY. */
    public static final long UNLIMITED = -1;

    /** No limit at all. */
    public static final ResourceLimit UNBOUNDED = new ResourceLimit(UNLIMITED, UNLIMITED);
}
