// SPDX-License-Identifier: Apache-2.0
/** As much of D-Bus (dbus.freedesktop.org/doc/dbus-specification.html, version 1) as it takes to ask systemd for something. */
@NullMarked
package dev.caisson.nativedriver.dbus;

import org.jspecify.annotations.NullMarked;
