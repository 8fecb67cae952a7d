// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

/**
 * A method of an object.
 *
 * @param destination the bus name of its program
 * @param path the object
 * @param type the interface
 * @param member the method
 */
public record DbusMethod(String destination, String path, String type, String member) {
    /** What a bus wants to hear first. */
    public static final DbusMethod HELLO = bus("Hello");

    /** Asks a bus for signals. */
    public static final DbusMethod ADD_MATCH = bus("AddMatch");

    private static DbusMethod bus(String member) {
        return new DbusMethod("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", member);
    }
}
