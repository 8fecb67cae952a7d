// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.DriverException;
import dev.caisson.nativedriver.cgroup.controller.DeviceAccess;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.OpenFlag;
import java.util.List;

/** Changes the devices of a running container on cgroup v2: another program takes the place of the present one. */
final class DevicesUpdate {
    private static final String FIELD = "resources.devices";

    private final Kernel kernel;
    private final String directory;

    DevicesUpdate(Kernel kernel, String directory) {
        this.kernel = kernel;
        this.directory = directory;
    }

    /** @throws DriverException when somebody else has attached programs as well, of which one would be taken away */
    void apply(LimitRequest request) {
        byte[] instructions =
                DeviceProgram.of(DeviceAccess.of(request, request.resources().devices()));
        try (Descriptor cgroup = kernel.files().open(directory, OpenFlag.READ, OpenFlag.DIRECTORY);
                Descriptor program = kernel.programs().loadDeviceProgram(instructions)) {
            List<Descriptor> present = kernel.programs().devicePrograms(cgroup);
            try {
                replace(request, cgroup, present, program);
            } finally {
                present.forEach(Descriptor::close);
            }
        }
    }

    private void replace(LimitRequest request, Descriptor cgroup, List<Descriptor> present, Descriptor program) {
        if (present.isEmpty()) {
            kernel.programs().attachDeviceProgram(cgroup, program);
        } else if (present.size() == 1) {
            kernel.programs().replaceDeviceProgram(cgroup, present.get(0), program);
        } else {
            throw request.refused(
                    FIELD,
                    present.size() + " programs decide on the devices of " + directory,
                    "detach those that are not of Caisson");
        }
    }
}
