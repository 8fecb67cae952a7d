// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.util.Arrays;
import java.util.List;

/** The kinds of machines, with what else they can run. */
public enum Architecture {
    X86_64("x86_64", "amd64", List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32")),
    AARCH64("aarch64", "arm64", List.of("SCMP_ARCH_ARM")),
    RISCV64("riscv64", "riscv64", List.of()),
    PPC64LE("ppc64le", "ppc64le", List.of()),
    S390X("s390x", "s390x", List.of("SCMP_ARCH_S390")),
    LOONGARCH64("loongarch64", "loong64", List.of());

    private final String machine;
    private final String dockerName;
    private final List<String> subArchitectures;

    Architecture(String machine, String dockerName, List<String> subArchitectures) {
        this.machine = machine;
        this.dockerName = dockerName;
        this.subArchitectures = subArchitectures;
    }

    /** The architecture of a machine, by what uname(2) says. */
    public static Architecture ofMachine(String machine) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.machine.equals(machine))
                .findFirst()
                .orElseThrow(() -> new DriverException(
                        StandardErrorCode.KERNEL_LACKS,
                        "choose a seccomp profile for machine \"" + machine + "\"",
                        "it is not one of "
                                + Arrays.stream(values())
                                        .map(known -> known.machine)
                                        .toList(),
                        "run the container unconfined"));
    }

    /** What uname(2) calls it. */
    String machine() {
        return machine;
    }

    /** What the conditions of Docker's profiles call it. */
    String dockerName() {
        return dockerName;
    }

    /** libseccomp's name for it. */
    String seccompName() {
        return "SCMP_ARCH_" + name();
    }

    /** The others whose system calls its kernel takes as well, by libseccomp's names. */
    List<String> subArchitectures() {
        return subArchitectures;
    }
}
