// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A process inside a container.
 *
 * @param pid as the engine's pid namespace sees it
 * @param parent the parent's pid in the same view, 0 if it isn't visible
 * @param uid the user as the host sees it
 * @param state the state letter of proc(5): R, S, D, Z, T ...
 * @param name the kernel's name for it, at most 15 bytes
 * @param arguments its command line, empty for a zombie
 * @param startTime clock ticks since boot
 * @param cpuTicks user and system time in clock ticks
 * @param residentBytes resident memory in bytes
 */
public record ProcessInfo(
        long pid,
        long parent,
        long uid,
        char state,
        String name,
        List<String> arguments,
        long startTime,
        long cpuTicks,
        long residentBytes) {
    public ProcessInfo {
        requireNonNull(name, "name is null");
        arguments = List.copyOf(arguments);
    }
}
