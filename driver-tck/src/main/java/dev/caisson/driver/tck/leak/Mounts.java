// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The mounts of this JVM's mount namespace, namespaces that a mount keeps among them. A new one is ours if it bears a mark,
 * and wherever it is unless it is below the directory for temporary files, where others may be at work.
 */
final class Mounts implements Census {
    private static final int ID = 0;
    private static final int ROOT = 3;
    private static final int POINT = 4;

    @Override
    public Set<Trace> take(Marks marks) {
        Set<Trace> found = new HashSet<>();
        Proc.read(Path.of("/proc/self/mountinfo")).lines().forEach(line -> {
            String[] fields = line.split(" ");
            found.add(new Trace(
                    Trace.Kind.MOUNT,
                    fields[ID] + " " + fields[POINT],
                    fields[POINT] + " (" + line.substring(line.indexOf(" - ") + 3) + ", of " + fields[ROOT] + ")"));
        });
        return found;
    }

    @Override
    public boolean isOurs(Trace trace, Marks marks) {
        Path point = Path.of(trace.identity().substring(trace.identity().indexOf(' ') + 1));
        return marks.in(trace.description())
                || !point.startsWith(
                        Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
    }
}
