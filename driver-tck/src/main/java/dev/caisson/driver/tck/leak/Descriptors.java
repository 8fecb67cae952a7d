// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The open descriptors of this JVM, and of the helper processes that our drivers keep. */
final class Descriptors implements Census {
    private final Processes processes;

    Descriptors(Processes processes) {
        this.processes = processes;
    }

    @Override
    public Set<Trace> take(Marks marks) {
        Set<Trace> found = new HashSet<>();
        count(ProcessHandle.current().pid(), "this JVM", found);
        processes.helpers(marks).forEach(pid -> count(pid, "process " + pid, found));
        return found;
    }

    private static void count(long pid, String owner, Set<Trace> found) {
        for (Path entry : Proc.entries(Proc.of(pid, "fd"))) {
            // The descriptor with which the directory itself was read is gone by now.
            Proc.link(entry)
                    .ifPresent(target -> found.add(new Trace(
                            Trace.Kind.DESCRIPTOR,
                            pid + " " + entry.getFileName() + " " + target,
                            entry.getFileName() + " of " + owner + " -> " + target)));
        }
    }

    /** What the JDK opens for itself at any time: its jars, and its sources of randomness. */
    @Override
    public boolean isOurs(Trace trace, Marks marks) {
        String description = trace.description();
        String target = description.substring(description.indexOf(" -> ") + 4);
        return !target.endsWith(".jar")
                && !target.startsWith(System.getProperty("java.home"))
                && !target.equals("/dev/random")
                && !target.equals("/dev/urandom");
    }
}
