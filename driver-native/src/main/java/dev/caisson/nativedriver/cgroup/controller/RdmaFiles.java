// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import java.util.ArrayList;
import java.util.List;

/** The rdma controller, which both versions have alike (Documentation/admin-guide/cgroup-v1/rdma.rst). */
public abstract class RdmaFiles implements Controller {
    @Override
    public final String name() {
        return "rdma";
    }

    @Override
    public final List<Setting> settings(LimitRequest request) {
        List<Setting> settings = new ArrayList<>();
        request.resources().rdma().forEach((device, limits) -> {
            List<String> values = new ArrayList<>();
            limits.handles().ifPresent(most -> values.add("hca_handle=" + most));
            limits.objects().ifPresent(most -> values.add("hca_object=" + most));
            settings.add(Setting.keyed(
                    "resources.rdma[" + device + "]",
                    "rdma.max",
                    device,
                    String.join(" ", values),
                    "hca_handle=max hca_object=max"));
        });
        return settings;
    }
}
