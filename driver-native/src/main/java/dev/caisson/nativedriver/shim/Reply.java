// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.util.List;
import java.util.Optional;

/** What a shim says to its engine. */
public sealed interface Reply extends Message {
    /** A milestone of a process. */
    sealed interface Progress extends Reply {}

    /** The answer to {@link Request.Hello}. */
    record Welcome(int version, int shimPid, ShimMode mode, int held) implements Reply {
        @Override
        public MessageType type() {
            return MessageType.WELCOME;
        }

        @Override
        public long tag() {
            return Protocol.NO_TAG;
        }
    }

    /** Namespaces and cgroups are made; the process waits for {@link Request.Continue}. */
    record Created(long tag, int pid, long startTime) implements Progress {
        @Override
        public MessageType type() {
            return MessageType.CREATED;
        }
    }

    /**
     * All is made; the process waits for {@link Request.Start}.
     *
     * @param descriptors the terminal's master, when one was asked for
     */
    record Ready(long tag, int pid, long startTime, List<Descriptor> descriptors) implements Progress {
        @Override
        public MessageType type() {
            return MessageType.READY;
        }
    }

    /**
     * The user's process runs.
     *
     * @param startedNanos wall clock, nanoseconds since 1970
     * @param descriptors the terminal's master, when one was asked for and not sent before
     */
    record Started(long tag, int pid, long startTime, long startedNanos, List<Descriptor> descriptors)
            implements Progress {
        @Override
        public MessageType type() {
            return MessageType.STARTED;
        }
    }

    /**
     * It could not be started; everything is cleaned.
     *
     * @param errno 0 where none applies
     * @param execCode 0, or 126 or 127
     * @param reports of a process that was killed: the report files as in {@link Exited}; else none
     */
    record Failed(long tag, LaunchPhase phase, int errno, int execCode, String text, List<Optional<byte[]>> reports)
            implements Progress {
        @Override
        public MessageType type() {
            return MessageType.FAILED;
        }
    }

    /**
     * It has ended; its cgroups are gone.
     *
     * @param waitStatus as wait4(2) gives it, or {@link Protocol#WAIT_STATUS_LOST}
     * @param startedNanos wall clock
     * @param finishedNanos wall clock
     * @param userMicros processor time of it and what it waited for
     * @param systemMicros processor time of it and what it waited for
     * @param maxRssKib largest resident set
     * @param reports the report files in the plan's order, empty where one could not be read
     */
    record Exited(
            long tag,
            int waitStatus,
            long startedNanos,
            long finishedNanos,
            long userMicros,
            long systemMicros,
            long maxRssKib,
            long minorFaults,
            long majorFaults,
            List<Optional<byte[]>> reports)
            implements Progress {
        @Override
        public MessageType type() {
            return MessageType.EXITED;
        }
    }

    /**
     * Its tag is forgotten.
     *
     * @param errno 0: everything is gone
     * @param text else what could not be removed
     */
    record Cleaned(long tag, int errno, String text) implements Progress {
        @Override
        public MessageType type() {
            return MessageType.CLEANED;
        }
    }

    /** The answer to {@link Request.Kill}. */
    record Signalled(long tag, int errno) implements Reply {
        @Override
        public MessageType type() {
            return MessageType.SIGNALLED;
        }
    }

    /**
     * A process that the shim holds. One that has ended is followed by its {@link Exited}.
     *
     * @param kind the plan's kind
     * @param flags the plan's flags
     * @param target for a further process in a container: the tag of the container's init
     * @param id the plan's id
     * @param blob the engine's own record
     * @param stdout of its spool
     * @param stderr of its spool
     */
    record Held(
            long tag,
            HeldState state,
            int pid,
            long startTime,
            long startedNanos,
            int kind,
            int flags,
            long target,
            String id,
            byte[] blob,
            Spooled stdout,
            Spooled stderr)
            implements Reply {
        @Override
        public MessageType type() {
            return MessageType.HELD;
        }
    }

    /**
     * How much went through a spool.
     *
     * @param written bytes so far
     * @param consumed bytes freed already
     */
    record Spooled(long written, long consumed) {}

    /** The last answer to {@link Request.ListHeld}. */
    record ListEnd() implements Reply {
        @Override
        public MessageType type() {
            return MessageType.LIST_END;
        }

        @Override
        public long tag() {
            return Protocol.NO_TAG;
        }
    }

    /** The answer to {@link Request.Follow}, when there is something to say. */
    record Grew(long tag, int stream, boolean ended, long size) implements Reply {
        @Override
        public MessageType type() {
            return MessageType.GREW;
        }
    }

    /**
     * The answer to {@link Request.Take}.
     *
     * @param mask which of {@link #STDIN}, {@link #STDOUT}, {@link #STDERR}, {@link #MASTER} are beside it, in this order
     */
    record Taken(long tag, int mask, List<Descriptor> descriptors) implements Reply {
        public static final int STDIN = 1;
        public static final int STDOUT = 2;
        public static final int STDERR = 4;
        public static final int MASTER = 8;

        @Override
        public MessageType type() {
            return MessageType.TAKEN;
        }

        /** Returns the descriptor of one bit, if it is beside it. */
        public Optional<Descriptor> descriptor(int bit) {
            if ((mask & bit) == 0) {
                return Optional.empty();
            }
            return Optional.of(descriptors.get(Integer.bitCount(mask & (bit - 1))));
        }
    }

    /** A request, or with no tag the connection, was refused. */
    record Refused(long tag, String text) implements Reply {
        @Override
        public MessageType type() {
            return MessageType.REFUSED;
        }
    }
}
