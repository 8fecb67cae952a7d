// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.List;
import java.util.Set;

/** Refuses limits whose controller the machine does not have. */
final class MissingControllers {
    private static final String DEVICES = "devices";

    private MissingControllers() {}

    /** @throws dev.caisson.driver.DriverException naming the first such limit */
    static void check(String container, List<CgroupDirectory> directories, Resources resources) {
        LimitRequest request = new LimitRequest(container, resources, Controllers.imagined(), Controllers.imagined());
        for (Controllers.Missing missing : Controllers.missing(directories)) {
            Controller controller = missing.controller();
            if (controller.name().equals(DEVICES)
                    && UnifiedSettings.directory(directories).isPresent()) {
                continue;
            }
            List<Setting> settings = controller.settings(request);
            if (!settings.isEmpty()) {
                throw missing.withheld()
                        ? request.lacks(
                                settings.get(0).field(),
                                "the parent cgroup does not hand down the " + controller.name() + " controller",
                                "use a parent without processes of its own, or leave the limit out")
                        : request.lacks(
                                settings.get(0).field(),
                                "this machine has no " + controller.name() + " controller",
                                Controllers.remedy(controller.name()));
            }
        }
        if (!resources.unified().isEmpty()
                && UnifiedSettings.directory(directories).isEmpty()) {
            throw request.lacks(
                    "resources.unified", "this machine has no cgroup v2", "give the limits by their own fields");
        }
    }

    /**
     * Refuses limits whose controller was not given to an ordinary user.
     *
     * @param given what was
     * @throws DriverException UNSUPPORTED_FIELD naming the first such limit
     */
    static void checkDelegated(String container, CgroupLayout given, Resources resources) {
        List<CgroupDirectory> directories = given.hierarchies().stream()
                .map(tree -> new CgroupDirectory(tree, tree.mountPoint(), Set.copyOf(tree.controllers()), Set.of()))
                .toList();
        LimitRequest request = new LimitRequest(container, resources, Controllers.imagined(), Controllers.imagined());
        for (Controllers.Missing missing : Controllers.missing(directories)) {
            List<Setting> settings = missing.controller().settings(request);
            if (!settings.isEmpty()) {
                throw undelegated(
                        container, settings.get(0).field(), missing.controller().name());
            }
        }
        if (!resources.unified().isEmpty() && given.unified().isEmpty()) {
            throw undelegated(container, "resources.unified", "cgroup2");
        }
    }

    private static DriverException undelegated(String container, String field, String controller) {
        boolean devices = controller.equals(DEVICES);
        return new DriverException(
                StandardErrorCode.UNSUPPORTED_FIELD,
                "set " + field + " of container \"" + container + "\"",
                devices
                        ? "rules for devices take root"
                        : "no cgroup with the " + controller + " controller is delegated to this user",
                devices
                        ? "leave them out"
                        : "leave the limit out, have systemd delegate a cgroup (Delegate=), or run as root");
    }

    /** Whether devices are a matter of a program, since no tree has the devices controller of version 1. */
    static boolean devicesNeedProgram(List<CgroupDirectory> directories) {
        return directories.stream().noneMatch(directory -> directory.has(DEVICES));
    }
}
