// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.List;
import java.util.Optional;

/**
 * What keeps a container's processes in.
 *
 * @param seccomp which system calls they may make
 * @param maskedPaths shown empty; those that aren't there are passed over
 * @param readonlyPaths shown read-only; those that aren't there are passed over
 * @param mountLabel SELinux label of the files of its own filesystems
 * @param newKeyring a session keyring of its own, keyrings(7)
 */
public record Security(
        Seccomp seccomp,
        List<ContainerPath> maskedPaths,
        List<ContainerPath> readonlyPaths,
        Optional<String> mountLabel,
        boolean newKeyring)
        implements Checked {
    public Security {
        requireNonNull(seccomp, "seccomp is null");
        maskedPaths = List.copyOf(maskedPaths);
        readonlyPaths = List.copyOf(readonlyPaths);
        requireNonNull(mountLabel, "mountLabel is null");
    }

    /** Returns nothing that keeps them in. */
    public static Security unconfined() {
        return new Security(Seccomp.UNCONFINED, List.of(), List.of(), Optional.empty(), true);
    }

    /** Returns the same with another filter. */
    public Security withSeccomp(Seccomp value) {
        return new Security(value, maskedPaths, readonlyPaths, mountLabel, newKeyring);
    }

    @Override
    public void check(Checker checker) {
        checker.check("seccomp", seccomp);
    }
}
