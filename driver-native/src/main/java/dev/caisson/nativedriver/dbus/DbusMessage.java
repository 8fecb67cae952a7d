// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A message that came in.
 *
 * @param type one of the constants
 * @param fields of the header, by their numbers: those that are texts or numbers, as text
 * @param body its values
 */
public record DbusMessage(int type, Map<Integer, String> fields, ByteBuffer body) {
    static final int CALL = 1;
    static final int ANSWER = 2;
    static final int ERROR = 3;
    static final int SIGNAL = 4;

    static final int PATH = 1;
    static final int INTERFACE = 2;
    static final int MEMBER = 3;
    static final int ERROR_NAME = 4;
    static final int REPLY_SERIAL = 5;
    static final int DESTINATION = 6;
    static final int SIGNATURE = 8;

    public DbusMessage {
        fields = Map.copyOf(fields);
    }

    boolean answers(int serial) {
        return (type == ANSWER || type == ERROR) && field(REPLY_SERIAL).equals(Integer.toString(serial));
    }

    /** Whether it is a signal of that name. */
    boolean isSignal(String member) {
        return type == SIGNAL && field(MEMBER).equals(member);
    }

    String field(int number) {
        return fields.getOrDefault(number, "");
    }

    /** Reads the body from its beginning. */
    public DbusReader values() {
        return new DbusReader(body.duplicate().order(body.order()).rewind());
    }
}
