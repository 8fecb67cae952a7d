// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** A device's number, written {@code major:minor}. */
public record DeviceNumber(int major, int minor) {
    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
