// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.hook.TailBuffer;
import dev.caisson.nativedriver.launch.Launcher;
import dev.caisson.nativedriver.launch.StreamFollower;
import dev.caisson.nativedriver.plan.HostPlanner;
import dev.caisson.nativedriver.plan.HostProgram;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import dev.caisson.nativedriver.stdio.StreamWiring;
import java.util.List;

/** A CRIU on the host, for questions and dumps. For one thread. */
final class CriuProcess implements AutoCloseable {
    private static final HostPlanner PLANNER = new HostPlanner();

    private final String doing;
    private final CriuConnection connection;
    private final ShimProcess process;
    private final ProcessStreams streams;
    private final TailBuffer complaints;

    private CriuProcess(
            String doing,
            CriuConnection connection,
            ShimProcess process,
            ProcessStreams streams,
            TailBuffer complaints) {
        this.doing = doing;
        this.connection = connection;
        this.process = process;
        this.streams = streams;
        this.complaints = complaints;
    }

    static CriuProcess start(
            String doing, HostProgram program, CriuConnection connection, StreamWiring wiring, Launcher launcher) {
        TailBuffer complaints = new TailBuffer();
        Pipes pipes = new Pipes.Streams(
                new Input.Empty(),
                new Output.Discard(),
                new Output.ToStream(complaints),
                // Of the extra descriptors the first becomes 3.
                List.of(connection.theirs().number()));
        try {
            ProcessStreams streams = wiring.wire(doing, pipes, false);
            ShimProcess process = launcher.launch(
                    program.path().toString(),
                    PLANNER.plan(program, streams.stdio()),
                    streams,
                    new StreamFollower(streams));
            connection.handedOver();
            return new CriuProcess(doing, connection, process, streams, complaints);
        } catch (RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    /** @throws DriverException TOOL_FAILED if it can't be started, or ends without an answer */
    CriuReply ask(byte[] request, CriuConnection.Listener listener) throws InterruptedException {
        try {
            return connection.ask(doing, request, listener);
        } catch (CriuEndedException e) {
            throw ended(e);
        }
    }

    private DriverException ended(CriuEndedException cause) throws InterruptedException {
        process.await(Milestone.CLEANED);
        try {
            process.await(Milestone.STARTED);
        } catch (LaunchFailedException e) {
            return failed("CRIU can't be started: " + e.getMessage(), e);
        }
        streams.awaitDelivered(doing);
        String said = complaints.text();
        return failed(said.isEmpty() ? "CRIU ended without a word" : "CRIU ended and said: " + said, cause);
    }

    private DriverException failed(String why, Throwable cause) {
        return new DriverException(
                StandardErrorCode.TOOL_FAILED, doing, why, "see that criu check works on this machine", cause);
    }

    /** Lets it end, and returns when it has: a dump under way fails and leaves its processes as they were. */
    @Override
    public void close() {
        connection.close();
        try {
            process.awaitUninterruptibly(Milestone.CLEANED);
        } finally {
            streams.close();
        }
    }
}
