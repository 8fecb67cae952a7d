// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import java.util.Arrays;

/** A step in the making of a container's cgroup; the container's first process carries them out in their order. */
public sealed interface CgroupStep {
    /**
     * Makes a directory.
     *
     * @param mayExist for a scope of systemd's, which makes it in some trees. Otherwise two containers would share a cgroup
     */
    record MakeDirectory(String path, boolean mayExist) implements CgroupStep {}

    /**
     * Writes a value.
     *
     * @param field path of what asked for it, such as {@code resources.memory.limit}
     * @param path of the control file
     */
    record Write(String field, String path, String value) implements CgroupStep {}

    /**
     * Attaches a program that decides on the use of devices (cgroup v2).
     *
     * @param directory of the cgroup
     * @param program {@code struct bpf_insn}s of a BPF_PROG_TYPE_CGROUP_DEVICE
     */
    record Devices(String directory, byte[] program) implements CgroupStep {
        public Devices {
            program = program.clone();
        }

        @Override
        public byte[] program() {
            return program.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Devices that
                    && that.directory.equals(directory)
                    && Arrays.equals(that.program, program);
        }

        @Override
        public int hashCode() {
            return 31 * directory.hashCode() + Arrays.hashCode(program);
        }
    }

    /**
     * Moves the process into the cgroup.
     *
     * @param version a process may instead be made right inside a cgroup of version 2 (CLONE_INTO_CGROUP)
     * @param directory of the cgroup
     */
    record Join(Version version, String directory) implements CgroupStep {
        /** The file into which the process writes 0. */
        public String processes() {
            return directory + "/cgroup.procs";
        }
    }
}
