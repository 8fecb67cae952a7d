// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.procfs.ProcessStat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The processes of a container that has no cgroup: those of its init's pid namespace, and their descendants, which may have
 * made further ones.
 */
final class NamespaceProcesses {
    private final FileCalls files;

    NamespaceProcesses(FileCalls files) {
        this.files = files;
    }

    /** Their pids, ascending. Empty when the init is gone. */
    List<Integer> of(int init) {
        String namespace = namespace(init);
        Collection<Integer> members = new TreeSet<>();
        if (namespace.isEmpty()) {
            return List.of();
        }
        Map<Integer, Integer> others = new HashMap<>();
        for (DirectoryEntry entry : files.list("/proc")) {
            if (!entry.name().matches("[1-9][0-9]{0,9}")) {
                continue;
            }
            int pid = Integer.parseInt(entry.name());
            if (namespace(pid).equals(namespace)) {
                members.add(pid);
            } else {
                others.put(pid, parent(pid));
            }
        }
        boolean grown;
        do {
            grown = members.addAll(others.entrySet().stream()
                    .filter(other -> members.contains(other.getValue()))
                    .map(Map.Entry::getKey)
                    .toList());
        } while (grown);
        return new ArrayList<>(members);
    }

    /** Empty for one that has ended, and for those of others, into which we may not look. */
    private String namespace(int pid) {
        try {
            return files.readLink("/proc/" + pid + "/ns/pid");
        } catch (KernelException hidden) {
            return "";
        }
    }

    private int parent(int pid) {
        try {
            return Math.toIntExact(
                    ProcessStat.parse(files.read("/proc/" + pid + "/stat")).parent());
        } catch (KernelException gone) {
            return 0;
        }
    }
}
