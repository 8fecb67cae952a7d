// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import java.util.List;

/**
 * Something mounted in a container that does not belong to it: CRIU is told its name at a checkpoint, and at a restore what
 * is to be mounted in its place.
 *
 * @param path where, in the container; also its name
 * @param source what
 */
public record OutsideMount(String path, Source source) {
    /** What it is on the host, or where it comes from. */
    public sealed interface Source {}

    /** What the Command mounts there: a restore takes it from the Command that it is given. */
    public record OfCommand() implements Source {}

    /**
     * A part of the container's cgroup, wherever that will be.
     *
     * @param controllers of the tree; none for version 2
     * @param below from the container's cgroup on, empty for itself
     */
    public record OfCgroup(List<String> controllers, String below) implements Source {
        public OfCgroup {
            controllers = List.copyOf(controllers);
        }
    }

    /**
     * Something of the host.
     *
     * @param path on the host
     */
    public record OfHost(String path) implements Source {}
}
