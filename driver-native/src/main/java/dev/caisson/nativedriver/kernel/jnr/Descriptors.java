// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.util.function.IntToLongFunction;

/** Makes descriptors of the numbers the kernel gives, and uses their numbers safely. */
final class Descriptors {
    private final Libc libc;

    Descriptors(Libc libc) {
        this.libc = libc;
    }

    /** A descriptor of a number we now own. */
    Descriptor own(long number, String name) {
        return new Descriptor((int) number, name, this::close);
    }

    /** Uses a descriptor's number in a call, so that it cannot be closed meanwhile. */
    static long use(Descriptor descriptor, IntToLongFunction call) {
        int number = descriptor.acquire();
        try {
            return call.applyAsLong(number);
        } finally {
            descriptor.release();
        }
    }

    private void close(int number) {
        // EIO or ENOSPC of a deferred write cannot be acted on here: the number is free whatever close(2) says. Files
        // whose content matters are synced by their writers.
        libc.call(LibcFunction.CLOSE, number);
    }
}
