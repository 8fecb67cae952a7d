// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.util.List;

/** Calls on the programs that decide on the use of devices in a cgroup of version 2 (bpf(2)). */
public interface ProgramCalls {
    /**
     * Has the kernel check and keep a program.
     *
     * @param instructions {@code struct bpf_insn}s of a BPF_PROG_TYPE_CGROUP_DEVICE
     */
    Descriptor loadDeviceProgram(byte[] instructions);

    /** The programs attached to the cgroup in an open directory, in their order; the caller closes them. */
    List<Descriptor> devicePrograms(Descriptor cgroup);

    /** Attaches one more; a device may be used when all of them allow it. */
    void attachDeviceProgram(Descriptor cgroup, Descriptor program);

    /** Puts one in the place of another at once, with no moment in between. */
    void replaceDeviceProgram(Descriptor cgroup, Descriptor former, Descriptor program);
}
