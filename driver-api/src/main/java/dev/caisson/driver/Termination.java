// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

/** How a process ended. */
public sealed interface Termination {
    /** It called exit with this code, 0 to 255. */
    record Exited(int code) implements Termination {}

    /** A signal ended it. */
    record Signalled(Signal signal, boolean coreDumped) implements Termination {
        public Signalled {
            requireNonNull(signal, "signal is null");
        }
    }

    /** Its end was not seen: the process that had to wait for it was itself killed. It runs no more. */
    record Lost(String reason) implements Termination {
        public Lost {
            requireNonNull(reason, "reason is null");
        }
    }

    /** Returns the code as shells give it: the exit code, 128 + the signal's number, or 255 for a lost one. */
    default int shellCode() {
        return switch (this) {
            case Exited exited -> exited.code();
            case Signalled signalled -> 128 + signalled.signal().number();
            case Lost lost -> 255;
        };
    }
}
