// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.resources.BlockIoLimits.ThrottleDevice;
import dev.caisson.driver.resources.BlockIoLimits.WeightDevice;
import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import dev.caisson.nativedriver.cgroup.controller.StatsBuilder;
import dev.caisson.nativedriver.procfs.NestedKeyed;
import java.util.ArrayList;
import java.util.List;

/** Block devices (Documentation/admin-guide/cgroup-v2.rst, "IO"). */
public final class BlockIoController implements Controller {
    private static final String FIELD = "resources.blockIo.";
    private static final String BFQ = "io.bfq.weight";
    private static final String COST = "io.weight";
    private static final String MAX = "io.max";

    @Override
    public String name() {
        return "io";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        BlockIoLimits limits = request.resources().blockIo();
        List<Setting> settings = new ArrayList<>();
        if (limits.leafWeight().isPresent()) {
            throw noLeafWeight(request, "leafWeight");
        }
        limits.weight().ifPresent(value -> settings.add(weight(request, FIELD + "weight", "default", value)));
        for (int i = 0; i < limits.weightDevices().size(); i++) {
            WeightDevice device = limits.weightDevices().get(i);
            String field = "weightDevices[" + i + "].";
            if (device.leafWeight().isPresent()) {
                throw noLeafWeight(request, field + "leafWeight");
            }
            device.weight()
                    .ifPresent(value -> settings.add(
                            weight(request, FIELD + field + "weight", device.major() + ":" + device.minor(), value)));
        }
        throttle(settings, "readBps", "rbps", limits.readBps());
        throttle(settings, "writeBps", "wbps", limits.writeBps());
        throttle(settings, "readIops", "riops", limits.readIops());
        throttle(settings, "writeIops", "wiops", limits.writeIops());
        return settings;
    }

    private static RuntimeException noLeafWeight(LimitRequest request, String field) {
        return request.lacks(FIELD + field, "cgroup v2 has no such weight", "leave it out");
    }

    /** BFQ has the weights of v1; io.cost, where BFQ is not there, has others, and so they are converted as runc does. */
    private static Setting weight(LimitRequest request, String field, String key, int value) {
        if (request.files().has(BFQ)) {
            return Setting.keyed(field, BFQ, key, Integer.toString(value), key.equals("default") ? "100" : "default");
        }
        String file = request.need(field, COST, "use the io scheduler bfq or a kernel with io.cost, or leave it out");
        long converted = 1 + (value - 10) * 9999L / 990;
        return Setting.keyed(field, file, key, Long.toString(converted), key.equals("default") ? "100" : "default");
    }

    private static void throttle(List<Setting> settings, String field, String key, List<ThrottleDevice> devices) {
        for (int i = 0; i < devices.size(); i++) {
            ThrottleDevice device = devices.get(i);
            settings.add(Setting.keyed(
                    FIELD + field + "[" + i + "]",
                    MAX,
                    device.major() + ":" + device.minor(),
                    key + "=" + (device.rate() == 0 ? "max" : Long.toString(device.rate())),
                    key + "=max"));
        }
    }

    @Override
    public void count(CgroupFiles files, StatsBuilder stats) {
        files.read("io.stat").map(NestedKeyed::parse).ifPresent(devices -> stats.blockIo(IoStat.read(devices)));
    }

    @Override
    public List<String> reportFiles() {
        return List.of("io.stat");
    }
}
