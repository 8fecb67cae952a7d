// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static dev.caisson.nativedriver.kernel.jnr.Libc.check;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.EventCalls;
import dev.caisson.nativedriver.kernel.InotifyEvent;
import dev.caisson.nativedriver.kernel.Interest;
import dev.caisson.nativedriver.kernel.Ready;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

final class JnrEventCalls implements EventCalls {
    private static final int EPOLL_CLOEXEC = OpenFlags.CLOEXEC;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int EAGAIN = Errno.EAGAIN.number();
    private static final int ENOENT = Errno.ENOENT.number();

    private static final int IN_MODIFY = 0x2;
    private static final int IN_DELETE_SELF = 0x400;
    private static final int IN_IGNORED = 0x8000;

    /** {@code struct inotify_event} up to its name: i32 watch, u32 mask, u32 cookie, u32 length of the name. */
    private static final int INOTIFY_EVENT = 16;

    private final Libc libc;
    private final Descriptors descriptors;

    JnrEventCalls(Libc libc, Descriptors descriptors) {
        this.libc = libc;
        this.descriptors = descriptors;
    }

    @Override
    public Descriptor epoll() {
        return descriptors.own(
                check(libc.call(LibcFunction.EPOLL_CREATE1, EPOLL_CLOEXEC), "epoll_create1", ""), "epoll set");
    }

    @Override
    public void watch(Descriptor epoll, Descriptor target, Interest interest, long token) {
        control(EPOLL_CTL_ADD, epoll, target, interest, token);
    }

    @Override
    public void rearm(Descriptor epoll, Descriptor target, Interest interest, long token) {
        control(EPOLL_CTL_MOD, epoll, target, interest, token);
    }

    private void control(int operation, Descriptor epoll, Descriptor target, Interest interest, long token) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(EpollStruct.SIZE);
            EpollStruct.write(scratch.buffer(), at, interest, token);
            long result = Descriptors.use(
                    epoll,
                    set -> Descriptors.use(
                            target, fd -> libc.call(LibcFunction.EPOLL_CTL, set, operation, fd, scratch.address(at))));
            check(result, "epoll_ctl", target.toString());
        }
    }

    @Override
    public void forget(Descriptor epoll, int target) {
        long result = Descriptors.use(epoll, set -> libc.call(LibcFunction.EPOLL_CTL, set, EPOLL_CTL_DEL, target));
        if (result != -ENOENT) {
            check(result, "epoll_ctl", "descriptor " + target);
        }
    }

    @Override
    public List<Ready> await(Descriptor epoll, int max) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(max * EpollStruct.SIZE);
            long result = Descriptors.use(
                    epoll, set -> libc.call(LibcFunction.EPOLL_WAIT, set, scratch.address(at), max, -1));
            int count = (int) check(result, "epoll_wait", epoll.toString());
            List<Ready> ready = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                ready.add(EpollStruct.read(scratch.buffer(), at + i * EpollStruct.SIZE));
            }
            return ready;
        }
    }

    @Override
    public Descriptor counter() {
        int flags = OpenFlags.CLOEXEC | OpenFlags.NONBLOCK;
        return descriptors.own(check(libc.call(LibcFunction.EVENTFD, 0, flags), "eventfd", ""), "eventfd");
    }

    @Override
    public void increment(Descriptor counter) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(Long.BYTES);
            scratch.buffer().putLong(at, 1);
            long result =
                    Descriptors.use(counter, fd -> libc.call(LibcFunction.WRITE, fd, scratch.address(at), Long.BYTES));
            check(result, "write", counter.toString());
        }
    }

    @Override
    public long take(Descriptor counter) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(Long.BYTES);
            long result =
                    Descriptors.use(counter, fd -> libc.call(LibcFunction.READ, fd, scratch.address(at), Long.BYTES));
            if (result == -EAGAIN) {
                return 0;
            }
            check(result, "read", counter.toString());
            return scratch.buffer().getLong(at);
        }
    }

    @Override
    public Descriptor inotify() {
        int flags = OpenFlags.CLOEXEC | OpenFlags.NONBLOCK;
        return descriptors.own(check(libc.call(LibcFunction.INOTIFY_INIT1, flags), "inotify_init1", ""), "inotify");
    }

    @Override
    public int watchModification(Descriptor inotify, String path) {
        try (Scratch scratch = Scratch.take(libc)) {
            long name = scratch.path("inotify_add_watch", path);
            long result = Descriptors.use(
                    inotify, fd -> libc.call(LibcFunction.INOTIFY_ADD_WATCH, fd, name, IN_MODIFY | IN_DELETE_SELF));
            return (int) check(result, "inotify_add_watch", path);
        }
    }

    @Override
    public List<InotifyEvent> readEvents(Descriptor inotify) {
        try (Scratch scratch = Scratch.take(libc)) {
            long result =
                    Descriptors.use(inotify, fd -> libc.call(LibcFunction.READ, fd, scratch.address(0), Scratch.SIZE));
            if (result == -EAGAIN) {
                return List.of();
            }
            int count = (int) check(result, "read", inotify.toString());
            ByteBuffer memory = scratch.buffer();
            List<InotifyEvent> events = new ArrayList<>();
            int at = 0;
            while (at < count) {
                boolean removed = (memory.getInt(at + 4) & (IN_IGNORED | IN_DELETE_SELF)) != 0;
                events.add(new InotifyEvent(memory.getInt(at), removed));
                at += INOTIFY_EVENT + memory.getInt(at + 12);
            }
            return events;
        }
    }
}
