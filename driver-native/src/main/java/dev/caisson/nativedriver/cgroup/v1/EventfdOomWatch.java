// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.OomWatch;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.kernel.Poller;

/** An eventfd that the kernel counts up (Documentation/admin-guide/cgroup-v1/memory.rst, "OOM control"). */
public final class EventfdOomWatch implements OomWatch {
    private final Kernel kernel;
    private final String control;
    private final Descriptor eventfd;
    private final Runnable onOom;

    /** Watches the cgroup in a directory of the memory controller, running the action once for each report. */
    public EventfdOomWatch(Kernel kernel, Poller poller, String directory, Runnable onOom) {
        this.kernel = kernel;
        this.control = directory + "/memory.oom_control";
        this.onOom = onOom;
        this.eventfd = kernel.events().counter();
        try {
            // The kernel keeps what it needs of the file: it is open for the registration alone.
            try (Descriptor file = kernel.files().open(control, OpenFlag.READ)) {
                kernel.files().write(directory + "/cgroup.event_control", eventfd.number() + " " + file.number());
            }
            poller.onReadable(eventfd, this::report);
        } catch (KernelException e) {
            eventfd.close();
            throw e;
        }
    }

    private void report() {
        kernel.events().take(eventfd);
        // The removal of the cgroup is reported in the same way.
        if (kernel.files().exists(control)) {
            onOom.run();
        } else {
            close();
        }
    }

    @Override
    public void close() {
        eventfd.close();
    }
}
