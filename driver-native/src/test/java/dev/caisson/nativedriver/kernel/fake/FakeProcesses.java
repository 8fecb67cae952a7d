// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.fake;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.ProcessCalls;
import dev.caisson.nativedriver.kernel.ResourceLimit;
import dev.caisson.nativedriver.kernel.SystemName;

/** Processes that take every signal. */
public final class FakeProcesses implements ProcessCalls {
    private static final int OWN_PID = 4242;

    private final Journal journal;
    private String release = "5.15.0";

    FakeProcesses(Journal journal) {
        this.journal = journal;
    }

    /** Makes the kernel another version. */
    public void release(String version) {
        release = version;
    }

    @Override
    public Descriptor openPidfd(int pid) {
        journal.enter("pidfd_open", Integer.toString(pid));
        return Descriptor.borrowed(pid, "pidfd of process " + pid);
    }

    @Override
    public void signal(Descriptor pidfd, int signal) {
        journal.enter("pidfd_send_signal", signal + " to " + pidfd.number());
    }

    @Override
    public void kill(int pid, int signal) {
        journal.enter("kill", signal + " to " + pid);
    }

    @Override
    public int pid() {
        return OWN_PID;
    }

    @Override
    public int effectiveUid() {
        return 0;
    }

    @Override
    public int effectiveGid() {
        return 0;
    }

    @Override
    public int usableCpus() {
        return 2;
    }

    @Override
    public ResourceLimit limit(int resource) {
        return new ResourceLimit(1024, ResourceLimit.UNLIMITED);
    }

    @Override
    public SystemName systemName() {
        return new SystemName(release, "#1 SMP", "x86_64");
    }

    @Override
    public int namespaceType(Descriptor file) {
        return 0;
    }
}
