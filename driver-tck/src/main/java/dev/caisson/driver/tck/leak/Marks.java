// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By what the things of one test are known among those of everybody else on the machine. Thread-safe.
 *
 * <p>A word is a text that no one else uses and that the names, environments, command lines or cgroups of our things
 * hold; a cgroup is one in which a process of ours was seen; a directory is ours with all that is in it.
 */
public final class Marks {
    private final Set<String> words = ConcurrentHashMap.newKeySet();
    private final Set<String> cgroups = ConcurrentHashMap.newKeySet();
    private final Set<Path> directories = ConcurrentHashMap.newKeySet();

    /** Makes marks by which nothing is known yet. */
    public Marks() {}

    /** Adds a text that only our things hold. */
    public Marks word(String word) {
        words.add(word);
        return this;
    }

    /** Adds a cgroup, as {@code /proc/PID/cgroup} has it, in which a process of ours was. */
    public Marks cgroup(String path) {
        if (!path.equals("/")) {
            cgroups.add(path);
        }
        return this;
    }

    /** Adds a directory whose files are counted; its path marks things as a word does. */
    public Marks directory(Path directory) {
        directories.add(directory.toAbsolutePath());
        return word(directory.toAbsolutePath().toString());
    }

    /** Returns true if the text holds one of the words. */
    public boolean in(String text) {
        return words.stream().anyMatch(text::contains);
    }

    /** Returns true if a cgroup, given by its path below its hierarchy's root, is one of ours or inside one. */
    boolean isCgroup(String path) {
        return in(path) || cgroups.stream().anyMatch(ours -> path.equals(ours) || path.startsWith(ours + "/"));
    }

    /** Returns the directories whose files are counted. */
    Set<Path> directories() {
        return Set.copyOf(directories);
    }
}
