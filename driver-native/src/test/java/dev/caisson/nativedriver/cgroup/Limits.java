// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import java.util.List;

/** Sets limits on a made-up machine. */
final class Limits {
    static final CgroupPlace PLACE = new CgroupPlace("/caisson/a");

    private static final Poller POLLER = new Poller(new JnrKernel());

    private Limits() {}

    static CgroupManager manager(RecordingKernel kernel) {
        return new CgroupManager(kernel, POLLER, CgroupLayout.detect(kernel));
    }

    /** What a new container would have written, as {@code pids/pids.max=5}; the tree's name is left out on v2. */
    static List<String> planned(RecordingKernel kernel, Resources resources) {
        return manager(kernel).plan("a", PLACE, resources).steps().stream()
                .filter(CgroupStep.Write.class::isInstance)
                .map(CgroupStep.Write.class::cast)
                .map(write -> shorten(write.path()) + "=" + write.value())
                .toList();
    }

    /** A container's cgroup as its first process has made it, without limits. */
    static Cgroup running(RecordingKernel kernel) {
        CgroupManager manager = manager(kernel);
        carryOut(kernel, manager.plan("a", PLACE, Resources.none()));
        kernel.forget();
        return manager.open("a", PLACE, 0);
    }

    static void carryOut(RecordingKernel kernel, CgroupPlan plan) {
        for (CgroupStep step : plan.steps()) {
            switch (step) {
                case CgroupStep.MakeDirectory make -> kernel.files().makeDirectory(make.path(), 0755);
                case CgroupStep.Write write -> kernel.files().write(write.path(), write.value());
                case CgroupStep.Devices devices -> assertEquals(0, devices.program().length % 8);
                case CgroupStep.Join join -> kernel.files().write(join.processes(), "0");
            }
        }
    }

    /** What an update of a running container writes. */
    static List<String> updated(RecordingKernel kernel, Cgroup cgroup, Resources resources) {
        kernel.forget();
        cgroup.update(resources);
        return writes(kernel);
    }

    static List<String> writes(RecordingKernel kernel) {
        return kernel.calls().stream()
                .filter(call -> call.startsWith("write "))
                .map(call -> call.substring("write ".length()))
                .map(call -> shorten(call.substring(call.lastIndexOf(" to ") + 4)) + "="
                        + call.substring(0, call.lastIndexOf(" to ")))
                .toList();
    }

    private static String shorten(String path) {
        return path.replace(Machines.ROOT + "/", "").replace("caisson/a/", "");
    }

    /** The words of the refusal, which must be about a field. */
    static String refusal(StandardErrorCode code, String field, Runnable action) {
        DriverException e = assertThrows(DriverException.class, action::run);
        assertEquals(code, e.code(), e.getMessage());
        assertTrue(e.getMessage().startsWith("set " + field + " of container \"a\": "), e.getMessage());
        return e.getMessage();
    }
}
