// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.ArrayList;
import java.util.List;

/** Priority of packets by interface (Documentation/admin-guide/cgroup-v1/net_prio.rst). */
public final class NetworkPriorityController implements Controller {
    @Override
    public String name() {
        return "net_prio";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        List<Setting> settings = new ArrayList<>();
        request.resources()
                .network()
                .priorities()
                .forEach((name, value) -> settings.add(Setting.keyed(
                        "resources.network.priorities[" + name + "]",
                        "net_prio.ifpriomap",
                        name,
                        Long.toString(value),
                        "0")));
        return settings;
    }
}
