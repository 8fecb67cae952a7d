// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.Option;
import dev.caisson.driver.StandardErrorCode;

/**
 * The options of the native driver.
 *
 * @param cgroupParent where the cgroups of containers are made that name no place of their own
 * @param criu path of CRIU; empty: the first program of that name in PATH
 */
public record NativeOptions(
        @Option(
                "The cgroup below which containers get theirs, unless their Command names a place; /caisson by default.")
        String cgroupParent,

        @Option(
                "The CRIU that checkpoints containers; by default the first program criu in PATH. It has to be 3.19 or later.")
        String criu) {
    private static final NativeOptions STANDARD = new NativeOptions("/caisson", "");

    /** @throws DriverException INVALID_OPTIONS */
    public NativeOptions {
        requireNonNull(cgroupParent, "cgroupParent is null");
        requireNonNull(criu, "criu is null");
        if (cgroupParent.isEmpty() || cgroupParent.equals("/") || ("/" + cgroupParent + "/").contains("/../")) {
            throw new DriverException(
                    StandardErrorCode.INVALID_OPTIONS,
                    "read the native driver's option cgroupParent",
                    "\"" + cgroupParent + "\" is no cgroup below the root",
                    "give a path such as /caisson, without ..");
        }
    }

    /** Returns what holds where nothing is said. */
    public static NativeOptions standard() {
        return STANDARD;
    }
}
