// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

/** Stops all processes of a cgroup and lets them go on. */
public interface Freezer {
    /**
     * Stops every process; returns when all of them have stopped. Calling it on a frozen cgroup does nothing.
     *
     * @throws dev.caisson.driver.DriverException when one of them cannot be stopped; then all go on
     * @throws InterruptedException when the calling thread is interrupted; then all go on
     */
    void freeze() throws InterruptedException;

    /** Lets them go on. Calling it on a cgroup that is not frozen does nothing. */
    void thaw();

    /** Whether all of them are stopped. */
    boolean isFrozen();
}
