// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.shim.Reply;
import java.util.Optional;

/** What the shim keeps for a process and has handed to us: each goes to one taker, the rest is closed. */
final class TakenEnds implements AutoCloseable {
    private final Reply.Taken taken;
    private int left;

    TakenEnds(Reply.Taken taken) {
        this.taken = taken;
        this.left = taken.mask();
    }

    /** Returns the descriptor of a bit of {@link Reply.Taken}, the first time and if the shim has it. */
    Optional<Descriptor> take(int bit) {
        if ((left & bit) == 0) {
            return Optional.empty();
        }
        left &= ~bit;
        return taken.descriptor(bit);
    }

    @Override
    public void close() {
        while (left != 0) {
            take(Integer.lowestOneBit(left)).ifPresent(Descriptor::close);
        }
    }
}
