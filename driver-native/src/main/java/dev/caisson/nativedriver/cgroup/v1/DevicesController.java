// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.DeviceAccess;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.ArrayList;
import java.util.List;

/** Which device nodes may be used (Documentation/admin-guide/cgroup-v1/devices.rst). */
public final class DevicesController implements Controller {
    private static final String FIELD = "resources.devices";
    private static final String ALLOW = "devices.allow";
    private static final String DENY = "devices.deny";
    private static final String LIST = "devices.list";

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        List<DeviceRule> rules = request.resources().devices();
        if (rules.isEmpty()) {
            return List.of();
        }
        DeviceAccess wanted = DeviceAccess.of(request, rules);
        return request.current(LIST)
                .map(DeviceAccess::parse)
                .filter(current -> current.allowByDefault() == wanted.allowByDefault())
                .map(current -> change(current, wanted))
                .orElseGet(() -> whole(wanted));
    }

    private static List<Setting> whole(DeviceAccess wanted) {
        List<Setting> settings = new ArrayList<>();
        for (Setting.Write write : writes(wanted)) {
            settings.add(new Setting(FIELD, write, DevicesController::former));
        }
        return settings;
    }

    private static List<Setting.Write> writes(DeviceAccess access) {
        List<Setting.Write> writes = new ArrayList<>();
        writes.add(write(access.allowByDefault(), "a"));
        access.exceptions().forEach(rule -> writes.add(write(!access.allowByDefault(), DeviceAccess.line(rule))));
        return writes;
    }

    private static List<Setting.Write> former(CgroupFiles files) {
        return files.read(LIST)
                .map(DeviceAccess::parse)
                .map(DevicesController::writes)
                .orElse(List.of());
    }

    /** What is different only, so that a running process does not lose its devices for a moment. */
    private static List<Setting> change(DeviceAccess current, DeviceAccess wanted) {
        boolean exceptionsAllow = !wanted.allowByDefault();
        List<Setting> settings = new ArrayList<>();
        for (DeviceRule rule : wanted.without(current)) {
            settings.add(difference(exceptionsAllow, rule));
        }
        for (DeviceRule rule : current.without(wanted)) {
            settings.add(difference(!exceptionsAllow, rule));
        }
        return settings;
    }

    /** What one of the two files did, the same line in the other one undoes. */
    private static Setting difference(boolean allow, DeviceRule rule) {
        String line = DeviceAccess.line(rule);
        return new Setting(FIELD, write(allow, line), files -> List.of(write(!allow, line)));
    }

    private static Setting.Write write(boolean allow, String line) {
        return new Setting.Write(allow ? ALLOW : DENY, line);
    }
}
