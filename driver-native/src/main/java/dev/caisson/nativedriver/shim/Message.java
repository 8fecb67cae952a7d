// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.util.List;

/** A packet between engine and shim. */
public sealed interface Message permits Request, Reply {
    /** Returns its number. */
    MessageType type();

    /** Returns the process that it is about, or {@link Protocol#NO_TAG}. */
    long tag();

    /** Returns the descriptors beside it. Of a sent message they stay the sender's, of a received one they are the receiver's. */
    default List<Descriptor> descriptors() {
        return List.of();
    }
}
