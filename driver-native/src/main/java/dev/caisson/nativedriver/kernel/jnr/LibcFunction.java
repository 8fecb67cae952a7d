// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

/** The functions of the C library that are called, with what their result is and what EINTR means for them. */
enum LibcFunction {
    ACCESS("access", Result.INT, Interrupted.RETRY),
    BIND("bind", Result.INT, Interrupted.RETRY),
    CLOSE("close", Result.INT, Interrupted.DONE),
    CONNECT("connect", Result.INT, Interrupted.RETRY),
    EPOLL_CREATE1("epoll_create1", Result.INT, Interrupted.RETRY),
    EPOLL_CTL("epoll_ctl", Result.INT, Interrupted.RETRY),
    EPOLL_WAIT("epoll_wait", Result.INT, Interrupted.RETRY),
    EVENTFD("eventfd", Result.INT, Interrupted.RETRY),
    FCNTL("fcntl", Result.INT, Interrupted.RETRY),
    GETDENTS64("getdents64", Result.LONG, Interrupted.RETRY),
    GETEGID("getegid", Result.INT, Interrupted.RETRY),
    GETEUID("geteuid", Result.INT, Interrupted.RETRY),
    GETPID("getpid", Result.INT, Interrupted.RETRY),
    GETRLIMIT("getrlimit", Result.INT, Interrupted.RETRY),
    GETSOCKOPT("getsockopt", Result.INT, Interrupted.RETRY),
    INOTIFY_ADD_WATCH("inotify_add_watch", Result.INT, Interrupted.RETRY),
    INOTIFY_INIT1("inotify_init1", Result.INT, Interrupted.RETRY),
    IOCTL("ioctl", Result.INT, Interrupted.RETRY),
    KILL("kill", Result.INT, Interrupted.RETRY),
    MEMFD_CREATE("memfd_create", Result.INT, Interrupted.RETRY),
    MKDIR("mkdir", Result.INT, Interrupted.RETRY),
    MKFIFO("mkfifo", Result.INT, Interrupted.RETRY),
    OPENAT("openat", Result.INT, Interrupted.RETRY),
    PIPE2("pipe2", Result.INT, Interrupted.RETRY),
    PREAD("pread", Result.LONG, Interrupted.RETRY),
    READ("read", Result.LONG, Interrupted.RETRY),
    READLINK("readlink", Result.LONG, Interrupted.RETRY),
    RECVMSG("recvmsg", Result.LONG, Interrupted.RETRY),
    RMDIR("rmdir", Result.INT, Interrupted.RETRY),
    SCHED_GETAFFINITY("sched_getaffinity", Result.INT, Interrupted.RETRY),
    SENDMSG("sendmsg", Result.LONG, Interrupted.RETRY),
    SETSOCKOPT("setsockopt", Result.INT, Interrupted.RETRY),
    SHUTDOWN("shutdown", Result.INT, Interrupted.RETRY),
    SOCKET("socket", Result.INT, Interrupted.RETRY),
    SOCKETPAIR("socketpair", Result.INT, Interrupted.RETRY),
    STATX("statx", Result.INT, Interrupted.RETRY),
    /** For calls that glibc wraps only since 2.36. */
    SYSCALL("syscall", Result.LONG, Interrupted.RETRY),
    UNAME("uname", Result.INT, Interrupted.RETRY),
    UNLINK("unlink", Result.INT, Interrupted.RETRY),
    WRITE("write", Result.LONG, Interrupted.RETRY);

    /** Width of the result: the upper half of the register is garbage after a function that returns an int. */
    enum Result {
        INT,
        LONG
    }

    /** What to do when a signal interrupted the call. */
    enum Interrupted {
        /** Nothing happened: call again. */
        RETRY,
        /** It took effect all the same: close(2) has freed the number, and calling again could close a stranger's. */
        DONE
    }

    private final String symbol;
    private final Result result;
    private final Interrupted interrupted;

    LibcFunction(String symbol, Result result, Interrupted interrupted) {
        this.symbol = symbol;
        this.result = result;
        this.interrupted = interrupted;
    }

    String symbol() {
        return symbol;
    }

    Result result() {
        return result;
    }

    Interrupted interrupted() {
        return interrupted;
    }
}
