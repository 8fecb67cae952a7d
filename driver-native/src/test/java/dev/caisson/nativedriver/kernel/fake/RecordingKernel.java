// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.fake;

import dev.caisson.nativedriver.kernel.DescriptorCalls;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.EventCalls;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.ProgramCalls;
import dev.caisson.nativedriver.kernel.SocketCalls;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import java.util.List;

/**
 * Files and processes are made up and every call on them is recorded; descriptors, sockets and events, which any user may
 * use, are those of the machine.
 */
public final class RecordingKernel implements Kernel {
    private final Kernel machine = new JnrKernel();
    private final Journal journal = new Journal();
    private final FakeFiles files = new FakeFiles(journal);
    private final FakeProcesses processes = new FakeProcesses(journal);
    private final FakePrograms programs = new FakePrograms(journal);

    /** The changing calls so far, such as {@code write 64 to /sys/fs/cgroup/pids/a/pids.max}. */
    public List<String> calls() {
        return journal.calls();
    }

    /** Forgets the calls so far. */
    public void forget() {
        journal.forget();
    }

    /** Lets every later call whose record begins so fail. */
    public void fail(String beginning, Errno errno) {
        journal.fail(beginning, errno);
    }

    @Override
    public FakeFiles files() {
        return files;
    }

    @Override
    public FakeProcesses processes() {
        return processes;
    }

    @Override
    public DescriptorCalls descriptors() {
        return machine.descriptors();
    }

    @Override
    public SocketCalls sockets() {
        return machine.sockets();
    }

    @Override
    public EventCalls events() {
        return machine.events();
    }

    @Override
    public ProgramCalls programs() {
        return programs;
    }
}
