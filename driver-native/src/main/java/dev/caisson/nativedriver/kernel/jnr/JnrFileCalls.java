// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static dev.caisson.nativedriver.kernel.jnr.Libc.check;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import java.io.ByteArrayOutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class JnrFileCalls implements FileCalls {
    private static final int AT_FDCWD = -100;
    private static final int W_OK = 2;

    private final Libc libc;
    private final Descriptors descriptors;

    JnrFileCalls(Libc libc, Descriptors descriptors) {
        this.libc = libc;
        this.descriptors = descriptors;
    }

    @Override
    public Descriptor open(String path, int mode, OpenFlag first, OpenFlag... others) {
        return openAt(AT_FDCWD, path, mode, OpenFlags.of(first, others));
    }

    @Override
    public Descriptor openAt(Descriptor directory, String name, int mode, OpenFlag first, OpenFlag... others) {
        int number = directory.acquire();
        try {
            return openAt(number, name, mode, OpenFlags.of(first, others));
        } finally {
            directory.release();
        }
    }

    private Descriptor openAt(int directory, String name, int mode, int flags) {
        try (Scratch scratch = Scratch.take(libc)) {
            long path = scratch.path("open", name);
            return descriptors.own(
                    check(libc.call(LibcFunction.OPENAT, directory, path, flags, mode), "open", name), name);
        }
    }

    @Override
    public byte[] readBytes(String path) {
        try (Descriptor file = open(path, OpenFlag.READ);
                Scratch scratch = Scratch.take(libc)) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] block = new byte[Scratch.SIZE];
            while (true) {
                int count = (int) check(
                        libc.call(LibcFunction.READ, file.number(), scratch.address(0), Scratch.SIZE), "read", path);
                if (count == 0) {
                    return content.toByteArray();
                }
                scratch.buffer().get(0, block, 0, count);
                content.write(block, 0, count);
            }
        }
    }

    @Override
    public String read(String path) {
        return new String(readBytes(path), StandardCharsets.UTF_8);
    }

    @Override
    public Optional<String> readIfPresent(String path) {
        try {
            return Optional.of(read(path));
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT, Errno.ENOTDIR, Errno.ESRCH)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void write(String path, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try (Descriptor file = open(path, OpenFlag.WRITE);
                Scratch scratch = Scratch.take(libc)) {
            ByteBuffer memory =
                    bytes.length <= Scratch.SIZE ? scratch.buffer() : ByteBuffer.allocateDirect(bytes.length);
            memory.put(0, bytes);
            long count = check(
                    libc.call(LibcFunction.WRITE, file.number(), libc.address(memory), bytes.length),
                    "write",
                    "'" + value + "' to " + path);
            Reference.reachabilityFence(memory);
            if (count != bytes.length) {
                // A control file that takes half a value has set something nobody asked for.
                throw new KernelException(
                        "write", Errno.EIO, "'" + value + "' to " + path + " (" + count + " bytes taken)");
            }
        }
    }

    @Override
    public void makeDirectory(String path, int mode) {
        try (Scratch scratch = Scratch.take(libc)) {
            check(libc.call(LibcFunction.MKDIR, scratch.path("mkdir", path), mode), "mkdir", path);
        }
    }

    @Override
    public void makeFifo(String path, int mode) {
        try (Scratch scratch = Scratch.take(libc)) {
            check(libc.call(LibcFunction.MKFIFO, scratch.path("mkfifo", path), mode), "mkfifo", path);
        }
    }

    @Override
    public void removeDirectory(String path) {
        try (Scratch scratch = Scratch.take(libc)) {
            check(libc.call(LibcFunction.RMDIR, scratch.path("rmdir", path)), "rmdir", path);
        }
    }

    @Override
    public void unlink(String path) {
        try (Scratch scratch = Scratch.take(libc)) {
            check(libc.call(LibcFunction.UNLINK, scratch.path("unlink", path)), "unlink", path);
        }
    }

    @Override
    public boolean exists(String path) {
        try {
            stat(path);
            return true;
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT, Errno.ENOTDIR)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean isWritable(String path) {
        try (Scratch scratch = Scratch.take(libc)) {
            return libc.call(LibcFunction.ACCESS, scratch.path("access", path), W_OK) >= 0;
        }
    }

    @Override
    public FileStat stat(String path) {
        return statx(AT_FDCWD, path, 0, path);
    }

    @Override
    public FileStat statLink(String path) {
        return statx(AT_FDCWD, path, Statx.AT_SYMLINK_NOFOLLOW, path);
    }

    @Override
    public FileStat stat(Descriptor descriptor) {
        int number = descriptor.acquire();
        try {
            return statx(number, "", Statx.AT_EMPTY_PATH, descriptor.toString());
        } finally {
            descriptor.release();
        }
    }

    private FileStat statx(int directory, String path, int flags, String subject) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(Statx.SIZE);
            long result = libc.call(
                    LibcFunction.STATX,
                    directory,
                    scratch.path("stat", path),
                    flags,
                    Statx.BASIC_STATS,
                    scratch.address(at),
                    0);
            check(result, "stat", subject);
            return Statx.read(scratch.buffer(), at);
        }
    }

    @Override
    public String readLink(String path) {
        try (Scratch scratch = Scratch.take(libc)) {
            long name = scratch.path("readlink", path);
            ByteBuffer target = scratch.rest();
            int count = (int) check(
                    libc.call(LibcFunction.READLINK, name, libc.address(target), target.capacity()), "readlink", path);
            byte[] bytes = new byte[count];
            target.get(0, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public List<DirectoryEntry> list(String path) {
        List<DirectoryEntry> entries = new ArrayList<>();
        try (Descriptor directory = open(path, OpenFlag.READ, OpenFlag.DIRECTORY);
                Scratch scratch = Scratch.take(libc)) {
            while (true) {
                int count = (int) check(
                        libc.call(LibcFunction.GETDENTS64, directory.number(), scratch.address(0), Scratch.SIZE),
                        "getdents64",
                        path);
                if (count == 0) {
                    return entries;
                }
                Dirents.read(scratch.buffer(), count, entries);
            }
        }
    }
}
