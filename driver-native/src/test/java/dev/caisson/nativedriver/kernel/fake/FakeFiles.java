// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.fake;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DeviceNumber;
import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A tree of files in memory. Below the root of a cgroup tree a new directory has control files at once, and can be removed
 * with them.
 */
public final class FakeFiles implements FileCalls {
    /** What stands for a directory among the contents. */
    private static final String DIRECTORY = "\0directory";

    private final Journal journal;
    private final NavigableMap<String, String> contents = new TreeMap<>();
    private final Map<String, Map<String, String>> templates = new HashMap<>();
    private final Set<String> protectedPaths = new HashSet<>();
    private final Map<String, UnaryOperator<String>> reactions = new HashMap<>();

    FakeFiles(Journal journal) {
        this.journal = journal;
        contents.put("", DIRECTORY);
    }

    /** Puts a file there, with the directories above it. */
    public FakeFiles put(String path, String content) {
        String parent = parent(path);
        if (!contents.containsKey(parent)) {
            put(parent, DIRECTORY);
        }
        contents.put(path, content);
        return this;
    }

    /** Makes a directory the root of a cgroup tree, in which every new directory has these files. */
    public FakeFiles cgroups(String root, Map<String, String> files) {
        put(root, DIRECTORY);
        templates.put(root, Map.copyOf(files));
        return this;
    }

    /** Lets a write to files of this name leave something else in them than what was written. */
    public FakeFiles react(String name, UnaryOperator<String> reaction) {
        reactions.put(name, reaction);
        return this;
    }

    @Override
    public Descriptor open(String path, int mode, OpenFlag first, OpenFlag... others) {
        journal.enter("open", path);
        content(path, "open");
        return Descriptor.borrowed(-1, path);
    }

    @Override
    public Descriptor openAt(Descriptor directory, String name, int mode, OpenFlag first, OpenFlag... others) {
        return open(directory.name() + "/" + name, mode, first, others);
    }

    @Override
    public byte[] readBytes(String path) {
        return read(path).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized String read(String path) {
        String content = content(path, "open");
        if (content.equals(DIRECTORY)) {
            throw new KernelException("read", Errno.EISDIR, path);
        }
        return content;
    }

    @Override
    public synchronized Optional<String> readIfPresent(String path) {
        return contents.containsKey(path) ? Optional.of(read(path)) : Optional.empty();
    }

    @Override
    public synchronized void write(String path, String value) {
        content(path, "open");
        journal.enter("write", value + " to " + path);
        String name = path.substring(path.lastIndexOf('/') + 1);
        contents.put(
                path, reactions.getOrDefault(name, written -> written + "\n").apply(value));
    }

    @Override
    public synchronized void makeDirectory(String path, int mode) {
        content(parent(path), "mkdir");
        if (contents.containsKey(path)) {
            throw new KernelException("mkdir", Errno.EEXIST, path);
        }
        journal.enter("mkdir", path);
        contents.put(path, DIRECTORY);
        templates.forEach((root, files) -> {
            if (path.startsWith(root + "/")) {
                files.forEach((name, content) -> contents.put(path + "/" + name, content));
            }
        });
    }

    @Override
    public void makeFifo(String path, int mode) {
        throw new UnsupportedOperationException("mkfifo " + path);
    }

    @Override
    public synchronized void removeDirectory(String path) {
        content(path, "rmdir");
        journal.enter("rmdir", path);
        contents.subMap(path, true, path + "0", false)
                .keySet()
                .removeIf(key -> key.equals(path) || key.startsWith(path + "/"));
    }

    @Override
    public synchronized void unlink(String path) {
        content(path, "unlink");
        journal.enter("unlink", path);
        contents.remove(path);
    }

    @Override
    public synchronized boolean exists(String path) {
        return contents.containsKey(path);
    }

    @Override
    public synchronized boolean isWritable(String path) {
        return contents.containsKey(path) && !protectedPaths.contains(path);
    }

    /** Lets nobody write to a path from now on, as {@link #isWritable} tells. */
    public synchronized FakeFiles protect(String path) {
        protectedPaths.add(path);
        return this;
    }

    @Override
    public synchronized FileStat stat(String path) {
        FileType type = content(path, "stat").equals(DIRECTORY) ? FileType.DIRECTORY : FileType.REGULAR;
        DeviceNumber none = new DeviceNumber(0, 0);
        return new FileStat(type, 0644, 0, 0, contents.get(path).length(), path.hashCode(), none, none);
    }

    @Override
    public FileStat statLink(String path) {
        return stat(path);
    }

    @Override
    public FileStat stat(Descriptor descriptor) {
        return stat(descriptor.name());
    }

    @Override
    public String readLink(String path) {
        content(path, "readlink");
        throw new KernelException("readlink", Errno.EINVAL, path);
    }

    @Override
    public synchronized List<DirectoryEntry> list(String path) {
        content(path, "open");
        List<DirectoryEntry> entries = new ArrayList<>();
        contents.forEach((key, content) -> {
            if (!key.isEmpty() && parent(key).equals(path)) {
                FileType type = content.equals(DIRECTORY) ? FileType.DIRECTORY : FileType.REGULAR;
                entries.add(new DirectoryEntry(key.substring(key.lastIndexOf('/') + 1), type));
            }
        });
        return entries;
    }

    private String content(String path, String call) {
        String content = contents.get(path);
        if (content == null) {
            throw new KernelException(call, Errno.ENOENT, path);
        }
        return content;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }
}
