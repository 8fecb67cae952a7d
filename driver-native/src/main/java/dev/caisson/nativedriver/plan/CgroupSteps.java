// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import java.util.List;

/**
 * What is done about cgroups around a process, with paths of the host.
 *
 * @param steps before the process starts, in order
 * @param reports files that are read when the process has ended, before its cgroups go
 * @param removals directories that are removed at the end, with the groups in them, after killing what is in them
 */
public record CgroupSteps(List<Step> steps, List<String> reports, List<String> removals) {
    /** One step. */
    public sealed interface Step {}

    /** Makes a directory; one that is there is an error, unless it may be. */
    public record MakeDirectory(String path, boolean mayExist) implements Step {}

    /** Writes a value to a file. */
    public record Write(String path, String value) implements Step {}

    /** Puts the process into a group by its cgroup.procs. */
    public record Join(String procsPath) implements Step {}

    /** Starts the process in a group of cgroup v2 (CLONE_INTO_CGROUP). */
    public record Into(String directory) implements Step {}

    public CgroupSteps {
        steps = List.copyOf(steps);
        reports = List.copyOf(reports);
        removals = List.copyOf(removals);
    }

    /** Nothing. */
    public static CgroupSteps none() {
        return new CgroupSteps(List.of(), List.of(), List.of());
    }
}
