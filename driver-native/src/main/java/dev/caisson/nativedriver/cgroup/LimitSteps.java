// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.cgroup.controller.DeviceAccess;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.NewFiles;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import dev.caisson.nativedriver.kernel.FileCalls;
import java.util.ArrayList;
import java.util.List;

/** The writes that give a new cgroup its limits. */
final class LimitSteps {
    private final FileCalls files;
    private final String container;
    private final List<CgroupDirectory> directories;

    LimitSteps(FileCalls files, String container, List<CgroupDirectory> directories) {
        this.files = files;
        this.container = container;
        this.directories = directories;
    }

    /** @param controllers those of the directories */
    List<CgroupStep> of(Resources resources, List<Controllers.Bound> controllers) {
        MissingControllers.check(container, directories, resources);
        List<CgroupStep> steps = new ArrayList<>();
        for (Controllers.Bound bound : controllers) {
            CgroupDirectory directory = bound.directory();
            add(steps, directory, bound.controller().settings(request(directory, resources)));
        }
        UnifiedSettings.directory(directories).ifPresent(unified -> {
            add(steps, unified, UnifiedSettings.of(request(unified, resources)));
            if (!resources.devices().isEmpty() && MissingControllers.devicesNeedProgram(directories)) {
                DeviceAccess access = DeviceAccess.of(request(unified, resources), resources.devices());
                steps.add(new CgroupStep.Devices(unified.path(), DeviceProgram.of(access)));
            }
        });
        return steps;
    }

    private LimitRequest request(CgroupDirectory directory, Resources resources) {
        return new LimitRequest(container, resources, new NewFiles(directory.files()), directory.parent(files));
    }

    private static void add(List<CgroupStep> steps, CgroupDirectory directory, List<Setting> settings) {
        for (Setting setting : settings) {
            steps.add(new CgroupStep.Write(
                    setting.field(),
                    directory.file(setting.write().file()),
                    setting.write().value()));
        }
    }
}
