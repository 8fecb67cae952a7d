// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import org.jspecify.annotations.Nullable;

/** enum msg_type of {@code protocol.h}. */
public enum MessageType {
    HELLO(1),
    LAUNCH(2),
    CONTINUE(3),
    START(4),
    SIGNAL(5),
    CLEAN(6),
    LIST(7),
    FOLLOW(8),
    CLOSE_STDIN(9),
    TAKE(10),
    SHUTDOWN(11),
    ADOPT(12),
    WELCOME(101),
    CREATED(102),
    READY(103),
    STARTED(104),
    FAILED(105),
    EXITED(106),
    CLEANED(107),
    SIGNALLED(108),
    HELD(109),
    LIST_END(110),
    GREW(111),
    TAKEN(112),
    REFUSED(113);

    private static final MessageType[] ALL = values();

    private final int number;

    MessageType(int number) {
        this.number = number;
    }

    /** Returns the number in the packet. */
    public int number() {
        return number;
    }

    static @Nullable MessageType of(int number) {
        for (MessageType type : ALL) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
