// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All processes, known by pid and start time. One is ours if it descends from this JVM or from one of ours, or if its
 * environment, command line, cgroup, working directory, program or an open file bears a mark.
 */
final class Processes implements Census {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int START = 19;

    private final Set<String> old;

    Processes() {
        Set<String> identities = new HashSet<>();
        for (long pid : Proc.pids()) {
            Proc.stat(pid).ifPresent(fields -> identities.add(identity(pid, fields)));
        }
        old = Set.copyOf(identities);
    }

    private static String identity(long pid, String[] fields) {
        return pid + "@" + fields[START];
    }

    /** Those that were there before the first container; a machine has too many to read about all each time. */
    private boolean isOld(long pid, String[] fields) {
        return old.contains(identity(pid, fields));
    }

    @Override
    public Set<Trace> take(Marks marks) {
        Set<Trace> found = new HashSet<>();
        for (long pid : Proc.pids()) {
            Proc.stat(pid)
                    .filter(fields -> !isOld(pid, fields))
                    .ifPresent(fields ->
                            found.add(new Trace(Trace.Kind.PROCESS, identity(pid, fields), describe(pid, fields))));
        }
        return found;
    }

    private static String describe(long pid, String[] fields) {
        String arguments = Proc.read(Proc.of(pid, "cmdline")).replace('\0', ' ').strip();
        String name = arguments.isEmpty() ? Proc.read(Proc.of(pid, "comm")).strip() : arguments;
        return pid + " (" + (name.length() > 120 ? name.substring(0, 120) + "..." : name) + "), state " + fields[STATE]
                + ", child of " + fields[PARENT];
    }

    @Override
    public boolean isOurs(Trace trace, Marks marks) {
        return isOurs(
                Long.parseLong(trace.identity().substring(0, trace.identity().indexOf('@'))), marks);
    }

    private boolean isOurs(long pid, Marks marks) {
        if (pid == ProcessHandle.current().pid()) {
            return true;
        }
        String[] fields = Proc.stat(pid).orElse(null);
        if (fields == null || isOld(pid, fields)) {
            return false;
        }
        return isMarked(pid, marks) || isOurs(Long.parseLong(fields[PARENT]), marks);
    }

    private static boolean isMarked(long pid, Marks marks) {
        return marks.in(Proc.read(Proc.of(pid, "environ")))
                || marks.in(Proc.read(Proc.of(pid, "cmdline")))
                || Proc.read(Proc.of(pid, "cgroup")).lines().anyMatch(line -> isMarkedCgroup(line, marks))
                || Proc.link(Proc.of(pid, "cwd")).filter(marks::in).isPresent()
                || Proc.link(Proc.of(pid, "exe")).filter(marks::in).isPresent()
                || Proc.entries(Proc.of(pid, "fd")).stream()
                        .flatMap(entry -> Proc.link(entry).stream())
                        .filter(target -> !isLookedAt(target))
                        .anyMatch(marks::in);
    }

    /** Whoever looks at all cgroups or processes has ours open for a moment. */
    private static boolean isLookedAt(String target) {
        return target.startsWith("/sys/") || target.startsWith("/proc/");
    }

    private static boolean isMarkedCgroup(String line, Marks marks) {
        return marks.isCgroup(line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1));
    }

    /** Returns the processes of ours that run now, without this JVM: a driver's helpers among them. */
    List<Long> helpers(Marks marks) {
        List<Long> helpers = new ArrayList<>();
        for (long pid : Proc.pids()) {
            if (pid != ProcessHandle.current().pid() && isOurs(pid, marks)) {
                helpers.add(pid);
            }
        }
        return helpers;
    }
}
