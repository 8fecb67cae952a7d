// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/** A listener's place at a driver. */
public interface Subscription extends AutoCloseable {
    /** Ends it; idempotent. The listener gets nothing after this has returned, unless it is called from within it. */
    @Override
    void close();
}
