// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What CRIU calls the standard streams of a container, so that others can be put in their places at a restore: {@code
 * pipe:[12]} as in /proc/PID/fd, or {@code file[1b:2aca81]} for a file that is on no mount of the container's, by the numbers
 * of mount and inode in hexadecimal. Empty for one that the container has by itself, such as its terminal.
 */
final class StreamKeys {
    private static final int COUNT = 3;
    private static final int PUT_ASIDE = 10;
    private static final String FILE = "file[";
    private static final String PIPE = "pipe:[";

    private final FileCalls files;
    private final Set<Integer> mounts;

    /** @param mounts the ids of the container's mounts */
    StreamKeys(FileCalls files, Set<Integer> mounts) {
        this.files = files;
        this.mounts = mounts;
    }

    /**
     * Reads them.
     *
     * @param processes of the container, the init first: one that only reaps has no streams
     */
    List<String> of(List<Integer> processes) {
        for (int pid : processes) {
            Map<Integer, String> open = open(pid);
            if (IntStream.range(0, COUNT).anyMatch(open::containsKey)) {
                return streams(open);
            }
        }
        return Collections.nCopies(COUNT, "");
    }

    /**
     * A shell that carries out a redirection such as {@code echo x >&2} has put the stream aside meanwhile, at a number from
     * ten on: that is where one is looked for that seems to be the container's own or the same as another.
     */
    private static List<String> streams(Map<Integer, String> open) {
        List<String> keys = new ArrayList<>();
        for (int number = 0; number < COUNT; number++) {
            keys.add(open.getOrDefault(number, ""));
        }
        Set<String> aside = new LinkedHashSet<>();
        open.forEach((number, key) -> {
            if (number >= PUT_ASIDE && !key.isEmpty() && !keys.contains(key)) {
                aside.add(key);
            }
        });
        for (int number = 0; number < COUNT && !aside.isEmpty(); number++) {
            String key = keys.get(number);
            if (key.isEmpty() || Collections.frequency(keys, key) > 1) {
                String found = aside.iterator().next();
                aside.remove(found);
                keys.set(number, found);
            }
        }
        return keys;
    }

    /** What a process has open, by number; empty if it has ended. */
    private Map<Integer, String> open(int pid) {
        Map<Integer, String> open = new TreeMap<>();
        try {
            for (DirectoryEntry entry : files.list("/proc/" + pid + "/fd")) {
                int number = Integer.parseInt(entry.name());
                key(pid, number).ifPresent(key -> open.put(number, key));
            }
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT, Errno.ESRCH)) {
                throw e;
            }
        }
        return open;
    }

    private Optional<String> key(int pid, int number) {
        String path = "/proc/" + pid + "/fd/" + number;
        try {
            String target = files.readLink(path);
            if (target.startsWith(PIPE)) {
                return Optional.of(target);
            }
            return Optional.of(target.startsWith("/") ? file(pid, number, path) : "");
        } catch (KernelException e) {
            // It was closed, or the process has ended meanwhile.
            if (e.is(Errno.ENOENT, Errno.ESRCH)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String file(int pid, int number, String path) {
        int mount = files.read("/proc/" + pid + "/fdinfo/" + number)
                .lines()
                .filter(line -> line.startsWith("mnt_id:"))
                .map(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        if (mounts.contains(mount)) {
            return "";
        }
        FileStat stat = files.stat(path);
        return FILE + Integer.toHexString(mount) + ":" + Long.toHexString(stat.inode()) + "]";
    }

    /** What is told at a checkpoint: pipes need no word, their other end is not looked for. */
    static void declare(List<String> keys, CriuOptions options) {
        keys.stream().filter(key -> key.startsWith(FILE)).distinct().forEach(options::external);
    }

    /**
     * Has a restored container get CRIU's own standard streams for its former ones.
     *
     * <p>CRIU takes the name of a file for an absolute path and cuts its first character off before it looks whether it was
     * given that file. If so it takes it as it is. By the whole name it would find it later, open it anew with the flags and
     * at the position of the former one, and refuse it unless it has the same size.
     */
    static void inherit(List<String> keys, CriuOptions options) {
        for (int stream = 0; stream < keys.size(); stream++) {
            String key = keys.get(stream);
            if (key.isEmpty() || keys.indexOf(key) < stream) {
                continue;
            }
            options.inherit(key.startsWith(FILE) ? key.substring(1) : key, stream);
        }
    }
}
