// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.resources.BlockIoLimits.ThrottleDevice;
import dev.caisson.driver.resources.BlockIoLimits.WeightDevice;
import dev.caisson.driver.stats.BlockIoStats;
import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import dev.caisson.nativedriver.cgroup.controller.StatsBuilder;
import dev.caisson.nativedriver.procfs.BlockIoFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Block devices (Documentation/admin-guide/cgroup-v1/blkio-controller.rst). Weights are those of the BFQ scheduler, or of
 * CFQ on kernels before 5.0.
 */
public final class BlockIoController implements Controller {
    private static final String FIELD = "resources.blockIo.";
    private static final String NO_WEIGHTS = "use an io scheduler with weights (bfq), or leave it out";
    private static final String BFQ = "blkio.bfq.";
    private static final String CFQ = "blkio.";

    @Override
    public String name() {
        return "blkio";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        BlockIoLimits limits = request.resources().blockIo();
        String scheduler = request.files().has(BFQ + "weight") ? BFQ : CFQ;
        List<Setting> settings = new ArrayList<>();
        limits.weight().ifPresent(value -> settings.add(weight(request, "weight", scheduler + "weight", value)));
        limits.leafWeight().ifPresent(value -> settings.add(weight(request, "leafWeight", CFQ + "leaf_weight", value)));
        for (int i = 0; i < limits.weightDevices().size(); i++) {
            WeightDevice device = limits.weightDevices().get(i);
            String field = "weightDevices[" + i + "].";
            device.weight()
                    .ifPresent(value -> settings.add(
                            deviceWeight(request, field + "weight", scheduler + "weight_device", device, value)));
            device.leafWeight()
                    .ifPresent(value -> settings.add(
                            deviceWeight(request, field + "leafWeight", CFQ + "leaf_weight_device", device, value)));
        }
        throttle(settings, "readBps", "blkio.throttle.read_bps_device", limits.readBps());
        throttle(settings, "writeBps", "blkio.throttle.write_bps_device", limits.writeBps());
        throttle(settings, "readIops", "blkio.throttle.read_iops_device", limits.readIops());
        throttle(settings, "writeIops", "blkio.throttle.write_iops_device", limits.writeIops());
        return settings;
    }

    private static Setting weight(LimitRequest request, String field, String file, int value) {
        return Setting.of(FIELD + field, request.need(FIELD + field, file, NO_WEIGHTS), value);
    }

    private static Setting deviceWeight(
            LimitRequest request, String field, String file, WeightDevice device, int value) {
        return Setting.keyed(
                FIELD + field,
                request.need(FIELD + field, file, NO_WEIGHTS),
                device.major() + ":" + device.minor(),
                Integer.toString(value),
                "default");
    }

    private static void throttle(List<Setting> settings, String field, String file, List<ThrottleDevice> devices) {
        for (int i = 0; i < devices.size(); i++) {
            ThrottleDevice device = devices.get(i);
            settings.add(Setting.keyed(
                    FIELD + field + "[" + i + "]",
                    file,
                    device.major() + ":" + device.minor(),
                    Long.toString(device.rate()),
                    "0"));
        }
    }

    @Override
    public void count(CgroupFiles files, StatsBuilder stats) {
        boolean scheduler = files.has("blkio.bfq.io_service_time_recursive");
        String prefix = scheduler ? BFQ : "blkio.throttle.";
        stats.blockIo(new BlockIoStats(
                read(files, prefix + "io_service_bytes"),
                read(files, prefix + "io_serviced"),
                read(files, prefix + "io_queued"),
                read(files, prefix + "io_service_time"),
                read(files, prefix + "io_wait_time"),
                read(files, prefix + "io_merged"),
                read(files, prefix + "time"),
                read(files, prefix + "sectors")));
    }

    private static List<BlockIoStats.Entry> read(CgroupFiles files, String file) {
        return files.read(file + "_recursive")
                .or(() -> files.read(file))
                .map(BlockIoFile::parse)
                .orElse(List.of());
    }

    @Override
    public List<String> reportFiles() {
        return List.of("blkio.throttle.io_service_bytes_recursive");
    }
}
