// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

/** The running kernel's version. */
record KernelVersion(int major, int minor) {
    static KernelVersion current() {
        String[] numbers = System.getProperty("os.version").split("[^0-9]+");
        return new KernelVersion(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }
}
