// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What CRIU calls the standard streams of a container, so that others can be put in their places at a restore: {@code
 * pipe:[12]} as in /proc/PID/fd, or {@code file[1b:2aca81]} for a file that is on no mount of the container's, by the numbers
 * of mount and inode in hexadecimal. Empty for one that the container has by itself, such as its terminal.
 */
final class StreamKeys {
    private static final int COUNT = 3;
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
        List<String> keys = new ArrayList<>();
        for (int stream = 0; stream < COUNT; stream++) {
            int number = stream;
            keys.add(processes.stream()
                    .flatMap(pid -> key(pid, number).stream())
                    .findFirst()
                    .orElse(""));
        }
        return keys;
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
            // It has none of that number, or has ended meanwhile.
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
