// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import java.util.Optional;
import java.util.Set;

/** The control files that a cgroup will have once it is made; they still have the kernel's defaults. */
public record NewFiles(Set<String> names) implements CgroupFiles {
    public NewFiles {
        names = Set.copyOf(names);
    }

    @Override
    public boolean has(String file) {
        return names.contains(file);
    }

    @Override
    public Optional<String> read(String file) {
        return Optional.empty();
    }
}
