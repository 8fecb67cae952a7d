// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static dev.caisson.nativedriver.kernel.jnr.Libc.check;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DescriptorCalls;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.PipeEnds;
import dev.caisson.nativedriver.kernel.WindowSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

final class JnrDescriptorCalls implements DescriptorCalls {
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int FD_CLOEXEC = 1;
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;

    /** Since Linux 6.3; before, every such file could be executed. */
    private static final int MFD_EXEC = 0x10;

    /** F_SEAL_SEAL, SHRINK, GROW, WRITE. */
    private static final int ALL_SEALS = 0xf;

    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int WINSIZE = 8;
    private static final int FIRST_FREE = 3;
    private static final int EAGAIN = Errno.EAGAIN.number();

    private final Libc libc;
    private final Descriptors descriptors;

    JnrDescriptorCalls(Libc libc, Descriptors descriptors) {
        this.libc = libc;
        this.descriptors = descriptors;
    }

    @Override
    public int read(Descriptor descriptor, ByteBuffer buffer) {
        long address = libc.address(buffer) + buffer.position();
        int room = room(buffer);
        long result = Descriptors.use(descriptor, fd -> libc.call(LibcFunction.READ, fd, address, room));
        return transferred(result, buffer, "read", descriptor, true);
    }

    @Override
    public int readAt(Descriptor descriptor, ByteBuffer buffer, long offset) {
        long address = libc.address(buffer) + buffer.position();
        int room = room(buffer);
        long result = Descriptors.use(descriptor, fd -> libc.call(LibcFunction.PREAD, fd, address, room, offset));
        return transferred(result, buffer, "pread", descriptor, true);
    }

    @Override
    public int write(Descriptor descriptor, ByteBuffer buffer) {
        long address = libc.address(buffer) + buffer.position();
        int room = room(buffer);
        long result = Descriptors.use(descriptor, fd -> libc.call(LibcFunction.WRITE, fd, address, room));
        return transferred(result, buffer, "write", descriptor, false);
    }

    private static int room(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            throw new IllegalArgumentException(
                    "The buffer is empty: a transfer of 0 bytes cannot be told from the end");
        }
        return buffer.remaining();
    }

    private static int transferred(long result, ByteBuffer buffer, String call, Descriptor on, boolean endsAtZero) {
        if (result == -EAGAIN) {
            return 0;
        }
        int count = (int) check(result, call, on.toString());
        buffer.position(buffer.position() + count);
        return count == 0 && endsAtZero ? -1 : count;
    }

    @Override
    public PipeEnds pipe() {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(Long.BYTES);
            check(libc.call(LibcFunction.PIPE2, scratch.address(at), OpenFlags.CLOEXEC), "pipe2", "");
            return new PipeEnds(
                    descriptors.own(scratch.buffer().getInt(at), "pipe's read end"),
                    descriptors.own(scratch.buffer().getInt(at + Integer.BYTES), "pipe's write end"));
        }
    }

    @Override
    public Descriptor duplicate(Descriptor descriptor) {
        long number = Descriptors.use(descriptor, fd -> libc.call(LibcFunction.FCNTL, fd, F_DUPFD_CLOEXEC, FIRST_FREE));
        return descriptors.own(check(number, "dup", descriptor.toString()), descriptor.name());
    }

    @Override
    public Descriptor adopt(int number, String name) {
        check(
                libc.call(LibcFunction.FCNTL, number, F_SETFD, FD_CLOEXEC),
                "fcntl",
                name + " (descriptor " + number + ")");
        return descriptors.own(number, name);
    }

    @Override
    public void setNonBlocking(Descriptor descriptor, boolean nonBlocking) {
        long result = Descriptors.use(descriptor, fd -> {
            long flags = libc.call(LibcFunction.FCNTL, fd, F_GETFL);
            if (flags < 0) {
                return flags;
            }
            long wanted = nonBlocking ? flags | OpenFlags.NONBLOCK : flags & ~OpenFlags.NONBLOCK;
            return wanted == flags ? 0 : libc.call(LibcFunction.FCNTL, fd, F_SETFL, wanted);
        });
        check(result, "fcntl", descriptor.toString());
    }

    @Override
    public int setPipeCapacity(Descriptor pipe, int bytes) {
        long result = Descriptors.use(pipe, fd -> libc.call(LibcFunction.FCNTL, fd, F_SETPIPE_SZ, bytes));
        return (int) check(result, "fcntl(F_SETPIPE_SZ)", pipe.toString());
    }

    @Override
    public Descriptor sealedMemory(String name, ByteBuffer content) {
        return seal(memoryFile(name, 0), content);
    }

    @Override
    public Descriptor sealedProgram(String name, ByteBuffer content) {
        try {
            return seal(memoryFile(name, MFD_EXEC), content);
        } catch (KernelException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
            return seal(memoryFile(name, 0), content);
        }
    }

    private Descriptor seal(Descriptor file, ByteBuffer content) {
        try {
            while (content.hasRemaining()) {
                if (write(file, content) == 0) {
                    throw new KernelException("write", Errno.EIO, file + " (no byte taken)");
                }
            }
            long result = Descriptors.use(file, fd -> libc.call(LibcFunction.FCNTL, fd, F_ADD_SEALS, ALL_SEALS));
            check(result, "fcntl(F_ADD_SEALS)", file.toString());
            return file;
        } catch (KernelException e) {
            file.close();
            throw e;
        }
    }

    private Descriptor memoryFile(String name, int flags) {
        try (Scratch scratch = Scratch.take(libc)) {
            long address = scratch.text("memfd_create", name.getBytes(StandardCharsets.UTF_8), name);
            long number = libc.call(LibcFunction.MEMFD_CREATE, address, MFD_CLOEXEC | MFD_ALLOW_SEALING | flags);
            return descriptors.own(check(number, "memfd_create", name), "memory file " + name);
        }
    }

    @Override
    public boolean isTerminal(Descriptor descriptor) {
        try (Scratch scratch = Scratch.take(libc)) {
            return windowSize(descriptor, scratch, scratch.reserve(WINSIZE)) >= 0;
        }
    }

    @Override
    public WindowSize windowSize(Descriptor terminal) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(WINSIZE);
            check(windowSize(terminal, scratch, at), "ioctl(TIOCGWINSZ)", terminal.toString());
            ByteBuffer memory = scratch.buffer();
            return new WindowSize(memory.getShort(at) & 0xffff, memory.getShort(at + Short.BYTES) & 0xffff);
        }
    }

    private long windowSize(Descriptor terminal, Scratch scratch, int at) {
        return Descriptors.use(terminal, fd -> libc.call(LibcFunction.IOCTL, fd, TIOCGWINSZ, scratch.address(at)));
    }

    @Override
    public void setWindowSize(Descriptor terminal, WindowSize size) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(WINSIZE);
            scratch.buffer().putShort(at, (short) size.rows());
            scratch.buffer().putShort(at + Short.BYTES, (short) size.columns());
            long result =
                    Descriptors.use(terminal, fd -> libc.call(LibcFunction.IOCTL, fd, TIOCSWINSZ, scratch.address(at)));
            check(result, "ioctl(TIOCSWINSZ)", terminal.toString());
        }
    }
}
