// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.util.Set;

/** Counts the things of one kind. */
public interface Census {
    /** Returns everything that there is now. */
    Set<Trace> take(Marks marks);

    /**
     * Returns true if something that wasn't there before comes from the containers of these marks rather than from someone
     * else on this machine.
     */
    boolean isOurs(Trace trace, Marks marks);
}
