// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

/** The numbers of a device. */
public record DeviceNumber(long major, long minor) {
    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
