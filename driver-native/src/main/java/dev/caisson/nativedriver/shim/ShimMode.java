// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import java.util.Locale;

/** What becomes of a shim and its processes when its engine goes away: enum shim_mode of {@code protocol.h}. */
public enum ShimMode {
    /** Everything is killed and cleaned, and the shim ends. */
    TIED,
    /** It goes on; what happened is kept until an engine asks. */
    LASTING,
    /** It serves one launch, then ends and leaves its child to the caller's sub-reaper. */
    ONE_SHOT;

    private static final ShimMode[] ALL = values();

    /** Returns the number in the packet. */
    public int number() {
        return ordinal();
    }

    /** Returns how the shim's command line names it. */
    public String argument() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ShimMode of(int number) {
        if (number < 0 || number >= ALL.length) {
            throw new MalformedMessageException("there is no shim mode " + number);
        }
        return ALL[number];
    }
}
