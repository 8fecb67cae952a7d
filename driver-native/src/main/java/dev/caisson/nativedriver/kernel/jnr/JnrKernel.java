// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import dev.caisson.nativedriver.kernel.DescriptorCalls;
import dev.caisson.nativedriver.kernel.EventCalls;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.ProcessCalls;
import dev.caisson.nativedriver.kernel.ProgramCalls;
import dev.caisson.nativedriver.kernel.SocketCalls;

/** The kernel of the machine this JVM runs on. */
public final class JnrKernel implements Kernel {
    private final FileCalls files;
    private final DescriptorCalls descriptors;
    private final SocketCalls sockets;
    private final ProcessCalls processes;
    private final EventCalls events;
    private final ProgramCalls programs;

    /** Loads the native part of jffi, which a JVM does once. */
    public JnrKernel() {
        Libc libc = new Libc();
        Descriptors open = new Descriptors(libc);
        files = new JnrFileCalls(libc, open);
        descriptors = new JnrDescriptorCalls(libc, open);
        sockets = new JnrSocketCalls(libc, open, files);
        processes = new JnrProcessCalls(libc, open);
        events = new JnrEventCalls(libc, open);
        programs = new JnrProgramCalls(libc, open);
    }

    @Override
    public FileCalls files() {
        return files;
    }

    @Override
    public DescriptorCalls descriptors() {
        return descriptors;
    }

    @Override
    public SocketCalls sockets() {
        return sockets;
    }

    @Override
    public ProcessCalls processes() {
        return processes;
    }

    @Override
    public EventCalls events() {
        return events;
    }

    @Override
    public ProgramCalls programs() {
        return programs;
    }
}
