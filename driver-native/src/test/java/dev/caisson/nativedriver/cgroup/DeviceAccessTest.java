// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.driver.resources.DeviceRule.Type;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.cgroup.controller.DeviceAccess;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import dev.caisson.nativedriver.procfs.MalformedFileException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeviceAccessTest {
    private static final DeviceRule NULL = DeviceRule.allow(Type.CHARACTER, 1, 3, "rwm");

    private static DeviceRule rule(boolean allow, String type, String numbers, String access) {
        String[] parts = numbers.split(":");
        return new DeviceRule(
                allow, type.equals("c") ? Type.CHARACTER : Type.BLOCK, number(parts[0]), number(parts[1]), access);
    }

    private static OptionalLong number(String text) {
        return text.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    private static List<String> lines(DeviceRule... rules) {
        LimitRequest request = new LimitRequest("a", Resources.none(), Controllers.imagined(), Controllers.imagined());
        DeviceAccess access = DeviceAccess.of(request, List.of(rules));
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(access.allowByDefault() ? "all but" : "nothing but"),
                        access.exceptions().stream().map(DeviceAccess::line))
                .toList();
    }

    @Test
    void beginsWithNothing() {
        assertEquals(List.of("nothing but"), lines());
        assertEquals(List.of("nothing but", "c 1:3 rwm"), lines(NULL));
        assertEquals(List.of("nothing but", "c 1:3 rwm"), lines(DeviceRule.denyAll(), NULL));
        assertEquals(List.of("all but"), lines(NULL, DeviceRule.allowAll()));
        assertEquals(List.of("all but", "b 8:* w"), lines(DeviceRule.allowAll(), rule(false, "b", "8:*", "w")));
    }

    @Test
    void theLastRuleWins() {
        assertEquals(List.of("nothing but"), lines(NULL, rule(false, "c", "1:3", "rwm")));
        assertEquals(List.of("nothing but", "c 1:3 r"), lines(NULL, rule(false, "c", "1:3", "wm")));
        assertEquals(
                List.of("nothing but", "c 1:3 rw"), lines(rule(true, "c", "1:3", "w"), rule(true, "c", "1:3", "r")));
        assertEquals(
                List.of("nothing but", "b 1:3 r"),
                lines(NULL, rule(true, "b", "1:3", "r"), rule(false, "c", "1:*", "rwm")));
        assertEquals(
                List.of("nothing but", "c 1:* r", "c 1:3 w"),
                lines(rule(true, "c", "1:*", "r"), rule(true, "c", "1:3", "w")));
    }

    @Test
    void anExceptionOfAnExceptionIsRefused() {
        String message = Limits.refusal(
                StandardErrorCode.LIMIT_REFUSED,
                "resources.devices[1]",
                () -> lines(rule(true, "c", "1:*", "rwm"), rule(false, "c", "1:3", "w")));
        assertTrue(message.contains("\"c 1:3 w\" takes back a part of \"c 1:* rwm\""), message);
        assertEquals(
                List.of("nothing but", "c 1:* r"), lines(rule(true, "c", "1:*", "r"), rule(false, "c", "1:3", "w")));
    }

    @Test
    void readsTheKernelsList() {
        assertEquals(new DeviceAccess(true, List.of()), DeviceAccess.parse("a *:* rwm\n"));
        assertEquals(
                new DeviceAccess(false, List.of(NULL, rule(true, "b", "*:*", "m"))),
                DeviceAccess.parse("c 1:3 rwm\nb *:* m\n"));
        assertEquals(new DeviceAccess(false, List.of()), DeviceAccess.parse(""));
        for (String garbage : List.of("c", "x 1:3 rwm", "c 1 3", "c one:3 rwm")) {
            assertThrows(MalformedFileException.class, () -> DeviceAccess.parse(garbage));
        }
    }

    private static List<String> writes(RecordingKernel kernel, Cgroup cgroup, DeviceRule... rules) {
        return Limits.updated(
                kernel, cgroup, Resources.builder().devices(List.of(rules)).build());
    }

    @Test
    void version1WritesTheWholeListForANewContainer() {
        List<String> planned = Limits.planned(
                Machines.v1(),
                Resources.builder().devices(List.of(DeviceRule.denyAll(), NULL)).build());
        assertEquals(
                List.of("devices/devices.deny=a", "devices/devices.allow=c 1:3 rwm"),
                planned.stream().filter(w -> w.startsWith("devices/")).toList());
    }

    @Test
    void version1WritesDifferencesForARunningOne() {
        RecordingKernel kernel = Machines.v1();
        Cgroup cgroup = Limits.running(kernel);
        kernel.files().put(Machines.ROOT + "/devices/caisson/a/devices.list", "c 1:3 rwm\nc 1:5 r\n");
        assertEquals(
                List.of("devices/devices.allow=c 1:8 rw", "devices/devices.deny=c 1:3 wm"),
                writes(
                        kernel,
                        cgroup,
                        rule(true, "c", "1:3", "r"),
                        rule(true, "c", "1:5", "r"),
                        rule(true, "c", "1:8", "rw")));
    }

    @Test
    void arefusedDeviceIsUndone() {
        RecordingKernel kernel = Machines.v1();
        Cgroup cgroup = Limits.running(kernel);
        kernel.files().put(Machines.ROOT + "/devices/caisson/a/devices.list", "c 1:3 rwm\n");
        kernel.fail("write c 9:9", Errno.EPERM);
        Limits.refusal(
                StandardErrorCode.LIMIT_REFUSED,
                "resources.devices",
                () -> writes(kernel, cgroup, NULL, rule(true, "c", "1:8", "r"), rule(true, "c", "9:9", "r")));
        assertEquals(
                List.of(
                        "devices/devices.allow=c 1:8 r",
                        "devices/devices.allow=c 9:9 r",
                        "devices/devices.deny=c 1:8 r"),
                Limits.writes(kernel));
    }

    @Test
    void version2GetsAProgram() {
        CgroupPlan plan = Limits.manager(Machines.v2())
                .plan(
                        "a",
                        Limits.PLACE,
                        Resources.builder().devices(List.of(NULL)).build());
        List<CgroupStep> programs = plan.steps().stream()
                .filter(CgroupStep.Devices.class::isInstance)
                .toList();
        assertEquals(1, programs.size());
        assertEquals(Machines.ROOT + "/caisson/a", ((CgroupStep.Devices) programs.get(0)).directory());
    }
}
