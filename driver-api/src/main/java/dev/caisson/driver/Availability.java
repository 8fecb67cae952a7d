// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import java.util.List;

/**
 * Whether a driver can work on this machine.
 *
 * @param obstacles every reason why it can't, each with its remedy; empty if it can
 * @param notes what will work less well than it could, such as a cgroup controller that isn't there
 */
public record Availability(List<Obstacle> obstacles, List<Obstacle> notes) {
    /**
     * @param what what is lacking
     * @param remedy how to get it
     */
    public record Obstacle(String what, String remedy) {}

    public Availability {
        obstacles = List.copyOf(obstacles);
        notes = List.copyOf(notes);
    }

    /** Returns the answer of a driver that can work without any reservation. */
    public static Availability available() {
        return new Availability(List.of(), List.of());
    }

    /** Returns true if the driver can be opened here. */
    public boolean isAvailable() {
        return obstacles.isEmpty();
    }
}
