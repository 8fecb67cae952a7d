// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.List;
import java.util.OptionalLong;

/** Tags packets for traffic control (Documentation/admin-guide/cgroup-v1/net_cls.rst). */
public final class NetworkClassController implements Controller {
    @Override
    public String name() {
        return "net_cls";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        OptionalLong classId = request.resources().network().classId();
        return classId.isEmpty()
                ? List.of()
                : List.of(Setting.of("resources.network.classId", "net_cls.classid", classId.getAsLong()));
    }
}
