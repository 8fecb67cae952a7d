// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static dev.caisson.nativedriver.kernel.jnr.Libc.check;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.ProgramCalls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Each command reads its own layout of {@code union bpf_attr} (linux/bpf.h), of which the rest may be left out. */
final class JnrProgramCalls implements ProgramCalls {
    private static final int BPF = "aarch64".equals(System.getProperty("os.arch")) ? 280 : 321;
    private static final int PROG_LOAD = 5;
    private static final int PROG_ATTACH = 8;
    private static final int PROG_GET_FD_BY_ID = 13;
    private static final int PROG_QUERY = 16;

    private static final int PROG_TYPE_CGROUP_DEVICE = 15;
    private static final int ATTACH_CGROUP_DEVICE = 6;
    private static final int ALLOW_MULTI = 1 << 1;
    private static final int REPLACE = 1 << 2;

    private static final int ATTRIBUTES = 48;
    private static final int INSTRUCTION = 8;
    private static final int MOST_PROGRAMS = 64;

    /** The kernel gives up checking a program when a signal is pending; then it is asked again, but not for ever. */
    private static final int TRIES = 5;

    private final Libc libc;
    private final Descriptors descriptors;

    JnrProgramCalls(Libc libc, Descriptors descriptors) {
        this.libc = libc;
        this.descriptors = descriptors;
    }

    @Override
    public Descriptor loadDeviceProgram(byte[] instructions) {
        ByteBuffer program = ByteBuffer.allocateDirect(instructions.length).put(instructions);
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(ATTRIBUTES);
            // No helper that only programs under the GPL may use is called.
            long license = scratch.text("bpf", "Apache-2.0".getBytes(StandardCharsets.US_ASCII), "license");
            scratch.buffer()
                    .putInt(at, PROG_TYPE_CGROUP_DEVICE)
                    .putInt(at + 4, instructions.length / INSTRUCTION)
                    .putLong(at + 8, libc.address(program))
                    .putLong(at + 16, license);
            long result = bpf(PROG_LOAD, scratch.address(at));
            for (int tries = 1; result == -Errno.EAGAIN.number() && tries < TRIES; tries++) {
                result = bpf(PROG_LOAD, scratch.address(at));
            }
            java.lang.ref.Reference.reachabilityFence(program);
            return descriptors.own(check(result, "bpf(PROG_LOAD)", "device program"), "device program");
        }
    }

    @Override
    public List<Descriptor> devicePrograms(Descriptor cgroup) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(ATTRIBUTES);
            int ids = scratch.reserve(MOST_PROGRAMS * Integer.BYTES);
            long result = Descriptors.use(cgroup, fd -> {
                scratch.buffer()
                        .putInt(at, fd)
                        .putInt(at + 4, ATTACH_CGROUP_DEVICE)
                        .putLong(at + 16, scratch.address(ids))
                        .putInt(at + 24, MOST_PROGRAMS);
                return bpf(PROG_QUERY, scratch.address(at));
            });
            check(result, "bpf(PROG_QUERY)", cgroup.toString());
            List<Descriptor> programs = new ArrayList<>();
            int count = scratch.buffer().getInt(at + 24);
            for (int i = 0; i < count; i++) {
                programs.add(open(scratch.buffer().getInt(ids + i * Integer.BYTES)));
            }
            return programs;
        }
    }

    private Descriptor open(int id) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(ATTRIBUTES);
            scratch.buffer().putInt(at, id);
            long number = check(bpf(PROG_GET_FD_BY_ID, scratch.address(at)), "bpf(PROG_GET_FD_BY_ID)", "program " + id);
            return descriptors.own(number, "device program " + id);
        }
    }

    @Override
    public void attachDeviceProgram(Descriptor cgroup, Descriptor program) {
        attach(cgroup, program, ALLOW_MULTI, 0);
    }

    @Override
    public void replaceDeviceProgram(Descriptor cgroup, Descriptor former, Descriptor program) {
        Descriptors.use(former, replaced -> {
            attach(cgroup, program, ALLOW_MULTI | REPLACE, replaced);
            return 0;
        });
    }

    private void attach(Descriptor cgroup, Descriptor program, int flags, int replaced) {
        try (Scratch scratch = Scratch.take(libc)) {
            int at = scratch.reserve(ATTRIBUTES);
            long result = Descriptors.use(
                    cgroup,
                    directory -> Descriptors.use(program, fd -> {
                        scratch.buffer()
                                .putInt(at, directory)
                                .putInt(at + 4, fd)
                                .putInt(at + 8, ATTACH_CGROUP_DEVICE)
                                .putInt(at + 12, flags)
                                .putInt(at + 16, replaced);
                        return bpf(PROG_ATTACH, scratch.address(at));
                    }));
            check(result, "bpf(PROG_ATTACH)", program + " to " + cgroup);
        }
    }

    private long bpf(int command, long attributes) {
        return libc.call(LibcFunction.SYSCALL, BPF, command, attributes, ATTRIBUTES);
    }
}
