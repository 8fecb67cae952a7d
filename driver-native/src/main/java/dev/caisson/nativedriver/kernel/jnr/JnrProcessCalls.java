// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static dev.caisson.nativedriver.kernel.jnr.Libc.check;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.ProcessCalls;
import dev.caisson.nativedriver.kernel.ResourceLimit;
import dev.caisson.nativedriver.kernel.SystemName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

final class JnrProcessCalls implements ProcessCalls {
    /** Numbers of calls added since Linux 5.0 are the same on every architecture. */
    private static final int PIDFD_SEND_SIGNAL = 424;

    private static final int PIDFD_OPEN = 434;

    /** _IO(0xb7, 3), Linux 4.11. */
    private static final int NS_GET_NSTYPE = 0xb703;

    private static final int ENOTTY = 25;

    /** Room for 8192 CPUs, the most that Linux can be configured for. */
    private static final int CPU_SET = 1024;

    /** Each field of {@code struct utsname}: sysname, nodename, release, version, machine, domainname. */
    private static final int UTS_FIELD = 65;

    private static final int UTSNAME = 6 * UTS_FIELD;

    private final Libc libc;
    private final Descriptors descriptors;

    JnrProcessCalls(Libc libc, Descriptors descriptors) {
        this.libc = libc;
        this.descriptors = descriptors;
    }

    @Override
    public Descriptor openPidfd(int pid) {
        long number = check(libc.call(LibcFunction.SYSCALL, PIDFD_OPEN, pid, 0), "pidfd_open", "process " + pid);
        return descriptors.own(number, "pidfd of process " + pid);
    }

    @Override
    public void signal(Descriptor pidfd, int signal) {
        long result =
                Descriptors.use(pidfd, fd -> libc.call(LibcFunction.SYSCALL, PIDFD_SEND_SIGNAL, fd, signal, 0, 0, 0));
        check(result, "pidfd_send_signal " + signal, pidfd.toString());
    }

    @Override
    public void kill(int pid, int signal) {
        check(libc.call(LibcFunction.KILL, pid, signal), "kill -" + signal, "process " + pid);
    }

    @Override
    public int pid() {
        return (int) libc.call(LibcFunction.GETPID);
    }

    @Override
    public int effectiveUid() {
        return (int) libc.call(LibcFunction.GETEUID);
    }

    @Override
    public int effectiveGid() {
        return (int) libc.call(LibcFunction.GETEGID);
    }

    @Override
    public int usableCpus() {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(CPU_SET);
            long result = libc.call(LibcFunction.SCHED_GETAFFINITY, 0, CPU_SET, scratch.address(at));
            check(result, "sched_getaffinity", "this process");
            int count = 0;
            for (int word = 0; word < CPU_SET; word += Long.BYTES) {
                count += Long.bitCount(scratch.buffer().getLong(at + word));
            }
            return count;
        }
    }

    @Override
    public ResourceLimit limit(int resource) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(2 * Long.BYTES);
            check(
                    libc.call(LibcFunction.GETRLIMIT, resource, scratch.address(at)),
                    "getrlimit",
                    "resource " + resource);
            return new ResourceLimit(
                    scratch.buffer().getLong(at), scratch.buffer().getLong(at + Long.BYTES));
        }
    }

    @Override
    public int namespaceType(Descriptor file) {
        long result = Descriptors.use(file, fd -> libc.call(LibcFunction.IOCTL, fd, NS_GET_NSTYPE));
        if (result == -ENOTTY) {
            return 0;
        }
        return (int) check(result, "ioctl NS_GET_NSTYPE", file.toString());
    }

    @Override
    public SystemName systemName() {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(UTSNAME);
            check(libc.call(LibcFunction.UNAME, scratch.address(at)), "uname", "");
            ByteBuffer memory = scratch.buffer();
            return new SystemName(field(memory, at, 2), field(memory, at, 3), field(memory, at, 4));
        }
    }

    private static String field(ByteBuffer memory, int at, int index) {
        byte[] bytes = new byte[UTS_FIELD];
        memory.get(at + index * UTS_FIELD, bytes);
        String padded = new String(bytes, StandardCharsets.UTF_8);
        return padded.substring(0, padded.indexOf('\0'));
    }
}
