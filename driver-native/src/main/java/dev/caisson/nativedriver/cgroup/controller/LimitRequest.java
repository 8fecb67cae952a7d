// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.Resources;
import java.util.Optional;

/**
 * Limits that somebody wants a cgroup to have.
 *
 * @param container whose, for messages
 * @param resources the limits; what is empty is not to be changed
 * @param files of the cgroup
 * @param parent files of the cgroup that it is in
 */
public record LimitRequest(String container, Resources resources, CgroupFiles files, CgroupFiles parent) {
    /** Whether the cgroup exists, so that former values count. */
    public boolean isUpdate() {
        return files instanceof LiveFiles;
    }

    /** What a control file says now; empty for a new cgroup. */
    public Optional<String> current(String file) {
        return files.read(file);
    }

    /**
     * The name of a control file that a limit needs.
     *
     * @throws DriverException when this kernel has no such file
     */
    public String need(String field, String file, String remedy) {
        if (!files.has(file)) {
            throw lacks(field, "this kernel has no " + file, remedy);
        }
        return file;
    }

    /** The error for a limit that the machine cannot set. */
    public DriverException lacks(String field, String why, String remedy) {
        return new DriverException(StandardErrorCode.CONTROLLER_LACKS, doing(field), why, remedy);
    }

    /** The error for a limit that does not fit what the machine has. */
    public DriverException refused(String field, String why, String remedy) {
        return new DriverException(StandardErrorCode.LIMIT_REFUSED, doing(field), why, remedy);
    }

    private String doing(String field) {
        return "set " + field + " of container \"" + container + "\"";
    }
}
