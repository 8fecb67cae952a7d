// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.Option;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.CgroupPlacement;

/**
 * The options of the native driver.
 *
 * @param cgroupParent where the cgroups of containers are made that name no place of their own
 * @param cgroupManager {@code cgroupfs}: cgroups are made here; {@code systemd}: each container that names no place of its own
 *     has a scope of systemd's, in the slice that is the cgroupParent
 * @param criu path of CRIU; empty: the first program of that name in PATH
 */
public record NativeOptions(
        @Option(
                "The cgroup below which containers get theirs, unless their Command names a place; /caisson by default.")
        String cgroupParent,

        @Option(
                "Who makes cgroups: cgroupfs, the driver itself, by default; or systemd, a scope for each container, in the slice that is the cgroupParent, system.slice by default.")
        String cgroupManager,

        @Option(
                "The CRIU that checkpoints containers; by default the first program criu in PATH. It has to be 3.19 or later.")
        String criu) {
    private static final String OWN_PARENT = "/caisson";
    private static final String SYSTEMD = "systemd";
    private static final NativeOptions STANDARD = new NativeOptions(OWN_PARENT, "cgroupfs", "");

    /** @throws DriverException INVALID_OPTIONS */
    public NativeOptions {
        requireNonNull(cgroupParent, "cgroupParent is null");
        requireNonNull(cgroupManager, "cgroupManager is null");
        requireNonNull(criu, "criu is null");
        if (cgroupParent.isEmpty() || cgroupParent.equals("/") || ("/" + cgroupParent + "/").contains("/../")) {
            throw new DriverException(
                    StandardErrorCode.INVALID_OPTIONS,
                    "read the native driver's option cgroupParent",
                    "\"" + cgroupParent + "\" is no cgroup below the root",
                    "give a path such as /caisson, without ..");
        }
        if (!cgroupManager.equals("cgroupfs") && !cgroupManager.equals(SYSTEMD)) {
            throw new DriverException(
                    StandardErrorCode.INVALID_OPTIONS,
                    "read the native driver's option cgroupManager",
                    "\"" + cgroupManager + "\" makes no cgroups",
                    "give cgroupfs or systemd");
        }
        if (cgroupManager.equals(SYSTEMD) && !cgroupParent.equals(OWN_PARENT) && !cgroupParent.endsWith(".slice")) {
            throw new DriverException(
                    StandardErrorCode.INVALID_OPTIONS,
                    "read the native driver's option cgroupParent",
                    "\"" + cgroupParent + "\" is no slice, and systemd is to make the cgroups",
                    "give a slice such as system.slice");
        }
    }

    /** Returns where the cgroup of a container is that names no place of its own. */
    CgroupPlacement placement(ContainerId id) {
        return cgroupManager.equals(SYSTEMD)
                ? new CgroupPlacement.Systemd(
                        cgroupParent.equals(OWN_PARENT) ? "" : cgroupParent, "caisson", id.value())
                : new CgroupPlacement.Parent(cgroupParent);
    }

    /** Returns what holds where nothing is said. */
    public static NativeOptions standard() {
        return STANDARD;
    }
}
