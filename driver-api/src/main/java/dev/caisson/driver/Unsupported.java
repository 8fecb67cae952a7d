// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/** The one way in which drivers refuse what they don't do. */
public final class Unsupported {
    private Unsupported() {}

    /** Returns the refusal of a whole operation. */
    public static DriverException feature(String driver, String doing, Feature feature) {
        return new DriverException(
                StandardErrorCode.UNSUPPORTED_FEATURE,
                doing,
                "driver " + driver + " does not support " + feature,
                "use a driver that lists it among its features");
    }

    /**
     * Returns the refusal of a field of a Command.
     *
     * @param path the field, such as {@code resources.rdma}
     */
    public static DriverException field(String driver, String doing, String path, Feature feature) {
        return new DriverException(
                StandardErrorCode.UNSUPPORTED_FIELD,
                doing,
                path + " is given, but driver " + driver + " does not support " + feature,
                "leave it out, or use a driver that lists it among its features");
    }
}
