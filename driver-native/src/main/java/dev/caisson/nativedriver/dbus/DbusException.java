// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

import org.jspecify.annotations.Nullable;

/** A call was answered with an error, or could not be made. */
public final class DbusException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String name;

    DbusException(String name, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.name = name;
    }

    /** The error's name, such as {@code org.freedesktop.systemd1.UnitExists}; empty where no answer came. */
    public String name() {
        return name;
    }
}
