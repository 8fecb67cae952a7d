// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.machine;

/**
 * A mount as /proc/self/mountinfo shows it, proc_pid_mountinfo(5).
 *
 * @param id its number
 * @param parent the number of the mount it is on
 * @param path where it is
 * @param readonly nothing can be written through it, by the mount's own flags or the filesystem's
 * @param shared mount events in it reach its peers
 * @param slave it gets the mount events of others
 * @param type its filesystem
 */
public record MountPoint(
        int id, int parent, String path, boolean readonly, boolean shared, boolean slave, String type) {
    /** Whether that path is its place or below it; another mount may be in between. */
    public boolean holds(String other) {
        return path.equals("/") || other.equals(path) || other.startsWith(path + "/");
    }

    /** Whether it is at that place or below it. */
    public boolean isBelow(String ancestor) {
        return ancestor.equals("/") || path.equals(ancestor) || path.startsWith(ancestor + "/");
    }
}
