// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.cgroup.systemd.ScopeHold;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A scope with the process for which systemd has made it, and which the limit of processes counts in as long as it is there. */
final class HeldScope implements CgroupHold {
    private final FileCalls files;
    private final ScopeHold process;
    private final List<CgroupStep.Write> exact;
    private final AtomicBoolean released = new AtomicBoolean();

    /** @param exact the limits that hold from then on */
    HeldScope(FileCalls files, ScopeHold process, List<CgroupStep.Write> exact) {
        this.files = files;
        this.process = process;
        this.exact = List.copyOf(exact);
    }

    @Override
    public void release() {
        if (released.getAndSet(true)) {
            return;
        }
        process.close();
        for (CgroupStep.Write limit : exact) {
            try {
                files.write(limit.path(), limit.value());
            } catch (KernelException e) {
                // The container has ended already, and the shim removed its cgroup.
                if (!e.is(Errno.ENOENT, Errno.ENODEV)) {
                    throw e;
                }
            }
        }
    }
}
