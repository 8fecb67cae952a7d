// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.List;

/** Refuses limits whose controller the machine does not have. */
final class MissingControllers {
    private static final String DEVICES = "devices";

    private MissingControllers() {}

    /** @throws dev.caisson.driver.DriverException naming the first such limit */
    static void check(String container, List<CgroupDirectory> directories, Resources resources, boolean delegated) {
        LimitRequest request = new LimitRequest(container, resources, Controllers.imagined(), Controllers.imagined());
        for (Controllers.Missing missing : Controllers.missing(directories)) {
            Controller controller = missing.controller();
            if (controller.name().equals(DEVICES)
                    && UnifiedSettings.directory(directories).isPresent()) {
                continue;
            }
            List<Setting> settings = controller.settings(request);
            if (!settings.isEmpty() && delegated && !missing.withheld()) {
                throw request.lacks(
                        settings.get(0).field(),
                        "no cgroup with the " + controller.name() + " controller is delegated to this user",
                        controller.name().equals(DEVICES)
                                ? "leave the rules out: they take root"
                                : "have systemd delegate it (Delegate=), run as root, or leave the limit out");
            }
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

    /** Whether devices are a matter of a program, since no tree has the devices controller of version 1. */
    static boolean devicesNeedProgram(List<CgroupDirectory> directories) {
        return directories.stream().noneMatch(directory -> directory.has(DEVICES));
    }
}
