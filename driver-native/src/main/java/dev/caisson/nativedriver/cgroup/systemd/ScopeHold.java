// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.systemd;

import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.shim.ShimStarter;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A process that does nothing but be in a scope. systemd makes none without a process, and the container's first one is to be
 * born in the scope's cgroup, so that there is never a moment when it is elsewhere. It ends with this JVM.
 */
public final class ScopeHold implements AutoCloseable {
    private final Process process;

    private ScopeHold(Process process) {
        this.process = process;
    }

    /** Starts it. */
    public static ScopeHold start(Kernel kernel) {
        return new ScopeHold(new ShimStarter(kernel).startHold());
    }

    /** Its pid. */
    public long pid() {
        return process.pid();
    }

    /** Ends it; it is not waited for. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
