// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

/** Which CRIU it is. */
record CriuVersion(int major, int minor, int sublevel) {
    /** Older ones fail on kernels from 6.0 on, and do not know of all that is asked for here. */
    static final CriuVersion LEAST = new CriuVersion(3, 19, 0);

    static CriuVersion read(ProtoReader message) {
        int major = 0;
        int minor = 0;
        int sublevel = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> major = (int) message.number();
                case 2 -> minor = (int) message.number();
                case 4 -> sublevel = (int) message.number();
                default -> {}
            }
        }
        return new CriuVersion(major, minor, sublevel);
    }

    boolean isAtLeast(CriuVersion other) {
        return major != other.major
                ? major > other.major
                : minor != other.minor ? minor > other.minor : sublevel >= other.sublevel;
    }

    @Override
    public String toString() {
        return sublevel == 0 ? major + "." + minor : major + "." + minor + "." + sublevel;
    }
}
