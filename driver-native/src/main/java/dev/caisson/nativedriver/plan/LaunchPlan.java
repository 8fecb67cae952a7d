// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A finished plan and the descriptors it names. Close it when it was sent: that gives back its memory and closes those
 * descriptors that were opened for it (namespaces, detached mounts), while those it was given stay open.
 */
public final class LaunchPlan implements AutoCloseable {
    private final ByteBuffer bytes;
    private final List<Descriptor> descriptors;
    private final List<Descriptor> owned;
    private final Set<PlanFlag> flags;
    private final AtomicBoolean closed = new AtomicBoolean();

    LaunchPlan(ByteBuffer bytes, List<Descriptor> descriptors, List<Descriptor> owned, EnumSet<PlanFlag> flags) {
        this.bytes = bytes;
        this.descriptors = List.copyOf(descriptors);
        this.owned = List.copyOf(owned);
        this.flags = Collections.unmodifiableSet(flags);
    }

    /**
     * The plan, from position 0 to its limit, in a direct buffer that must not be used once this is closed. Each call gives a
     * new view.
     */
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer();
    }

    /** What goes beside MSG_LAUNCH after the plan itself, in this order; at most {@link PlanWriter#MOST_DESCRIPTORS}. */
    public List<Descriptor> descriptors() {
        return descriptors;
    }

    /** Whether a flag is set, such as those that make the launch wait for its engine. */
    public boolean has(PlanFlag flag) {
        return flags.contains(flag);
    }

    /** Gives back what the plan holds. Calling it again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            owned.forEach(Descriptor::close);
            PlanBuffers.giveBack(bytes);
        }
    }
}
