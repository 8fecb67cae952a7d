// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.Optional;
import java.util.Set;

/**
 * The control files in a directory that exists.
 *
 * @param names those that this kernel has; others are not looked for
 */
public record LiveFiles(FileCalls calls, String directory, Set<String> names) implements CgroupFiles {
    @Override
    public boolean has(String file) {
        return names.contains(file);
    }

    @Override
    public Optional<String> read(String file) {
        if (!has(file)) {
            return Optional.empty();
        }
        try {
            return calls.readIfPresent(directory + "/" + file);
        } catch (KernelException e) {
            // ENODEV: the cgroup was removed while the file was open. EOPNOTSUPP: a pressure file when psi is off.
            if (e.is(Errno.ENODEV, Errno.EOPNOTSUPP)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
