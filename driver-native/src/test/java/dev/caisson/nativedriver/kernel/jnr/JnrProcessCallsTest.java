// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.kernel.ProcessCalls;
import dev.caisson.nativedriver.kernel.ResourceLimit;
import dev.caisson.nativedriver.kernel.SystemName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JnrProcessCallsTest {
    private static final int SIGKILL = 9;
    private static final int RLIMIT_NOFILE = 7;

    private final Kernel kernel = new JnrKernel();
    private final ProcessCalls processes = kernel.processes();

    @Test
    void knowsItself() throws IOException {
        assertEquals(ProcessHandle.current().pid(), processes.pid());
        String status = Files.readString(Path.of("/proc/self/status"));
        assertTrue(status.contains("\nUid:\t" + processes.effectiveUid() + "\t"), status);
        assertTrue(status.contains("\nGid:\t" + processes.effectiveGid() + "\t"), status);
        assertTrue(processes.usableCpus() >= Runtime.getRuntime().availableProcessors());
        SystemName name = processes.systemName();
        assertEquals(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(), name.release());
        assertEquals(Files.readString(Path.of("/proc/sys/kernel/version")).strip(), name.version());
    }

    @Test
    void readsLimits() throws IOException {
        ResourceLimit limit = processes.limit(RLIMIT_NOFILE);
        String line = Files.readString(Path.of("/proc/self/limits"))
                .lines()
                .filter(l -> l.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        assertEquals(Long.parseLong(line.substring(26).strip().split(" +")[0]), limit.soft());
        assertEquals(Long.parseLong(line.substring(26).strip().split(" +")[1]), limit.hard());
        KernelException e = assertThrows(KernelException.class, () -> processes.limit(999));
        assertTrue(e.is(Errno.EINVAL), e.getMessage());
    }

    @Test
    void aPidfdTellsTheEndAndTakesSignals() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "100").start();
        try (Poller poller = new Poller(kernel);
                Descriptor pidfd = processes.openPidfd((int) sleeper.pid())) {
            processes.signal(pidfd, 0);
            processes.kill((int) sleeper.pid(), 0);
            processes.signal(pidfd, SIGKILL);
            poller.awaitReadable(pidfd);
            assertEquals(128 + SIGKILL, sleeper.waitFor());
            KernelException e = assertThrows(KernelException.class, () -> processes.signal(pidfd, 0));
            assertTrue(e.is(Errno.ESRCH), e.getMessage());
        } finally {
            sleeper.destroyForcibly();
        }
        assertThrows(KernelException.class, () -> processes.openPidfd(-1));
    }
}
