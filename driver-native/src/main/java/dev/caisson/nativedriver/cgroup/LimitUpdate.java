// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Changes the limits of a running container: all that are given, or none. */
final class LimitUpdate {
    /** A write with what undoes it. */
    private record Step(CgroupDirectory directory, Setting setting) {}

    private final Kernel kernel;
    private final FileCalls files;
    private final String container;
    private final List<CgroupDirectory> directories;

    LimitUpdate(Kernel kernel, String container, List<CgroupDirectory> directories) {
        this.kernel = kernel;
        this.files = kernel.files();
        this.container = container;
        this.directories = directories;
    }

    /**
     * Carries it out.
     *
     * @throws DriverException when one limit is refused; then the former ones are in place again
     */
    void apply(Resources resources) {
        MissingControllers.check(container, directories, resources);
        Deque<Runnable> undo = new ArrayDeque<>();
        for (Step step : steps(resources)) {
            CgroupDirectory directory = step.directory();
            List<Setting.Write> former = step.setting().undo().apply(directory.live(files));
            attempt(
                    step.setting().field(),
                    undo,
                    () -> write(directory, step.setting().write()));
            undo.push(() -> former.forEach(write -> write(directory, write)));
        }
        // Last, since it is done as a whole or not at all.
        if (!resources.devices().isEmpty() && MissingControllers.devicesNeedProgram(directories)) {
            UnifiedSettings.directory(directories)
                    .ifPresent(unified -> attempt(
                            "resources.devices",
                            undo,
                            () -> new DevicesUpdate(kernel, unified.path()).apply(request(unified, resources))));
        }
    }

    private void attempt(String field, Deque<Runnable> undo, Runnable change) {
        try {
            change.run();
        } catch (KernelException e) {
            DriverException refusal = refusal(field, e);
            undoAll(undo, refusal);
            throw refusal;
        } catch (DriverException e) {
            undoAll(undo, e);
            throw e;
        }
    }

    private List<Step> steps(Resources resources) {
        List<Step> steps = new ArrayList<>();
        for (Controllers.Bound bound : Controllers.bind(directories)) {
            LimitRequest request = request(bound.directory(), resources);
            bound.controller().settings(request).forEach(setting -> steps.add(new Step(bound.directory(), setting)));
        }
        UnifiedSettings.directory(directories).ifPresent(unified -> {
            LimitRequest request = request(unified, resources);
            UnifiedSettings.of(request).forEach(setting -> steps.add(new Step(unified, setting)));
        });
        return steps;
    }

    private LimitRequest request(CgroupDirectory directory, Resources resources) {
        return new LimitRequest(container, resources, directory.live(files), directory.parent(files));
    }

    private void write(CgroupDirectory directory, Setting.Write write) {
        files.write(directory.file(write.file()), write.value());
    }

    private static void undoAll(Deque<Runnable> undo, DriverException refusal) {
        for (Runnable step : undo) {
            try {
                step.run();
            } catch (KernelException e) {
                // Nothing more can be done, but whoever reads the refusal must know.
                refusal.addSuppressed(e);
            }
        }
    }

    private DriverException refusal(String field, KernelException e) {
        return new DriverException(
                StandardErrorCode.LIMIT_REFUSED,
                "set " + field + " of container \"" + container + "\"",
                "the kernel refused it: " + e.text(),
                Refusals.remedy(field, e.errno()),
                e);
    }
}
