// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.nativedriver.kernel.Descriptor;
import java.util.List;

/** What an engine says to a shim. */
public sealed interface Request extends Message {
    /** The first message: who we are. */
    record Hello(int magic, int version, int enginePid) implements Request {
        @Override
        public MessageType type() {
            return MessageType.HELLO;
        }

        @Override
        public long tag() {
            return Protocol.NO_TAG;
        }
    }

    /**
     * Makes a process.
     *
     * @param descriptors the plan, a sealed memfd, then what its indexes name
     */
    record Launch(long tag, List<Descriptor> descriptors) implements Request {
        @Override
        public MessageType type() {
            return MessageType.LAUNCH;
        }
    }

    /** Lets a created process go on; the OCI state goes to its createContainer hooks. */
    record Continue(long tag, byte[] state) implements Request {
        @Override
        public MessageType type() {
            return MessageType.CONTINUE;
        }
    }

    /** Starts a process that is held; the OCI state goes to its startContainer hooks. */
    record Start(long tag, byte[] state) implements Request {
        @Override
        public MessageType type() {
            return MessageType.START;
        }
    }

    /** Sends it a signal; answered by {@link Reply.Signalled}. */
    record Kill(long tag, int signal) implements Request {
        @Override
        public MessageType type() {
            return MessageType.SIGNAL;
        }
    }

    /** Removes what is left of an ended process; answered by {@link Reply.Cleaned}. */
    record Clean(long tag) implements Request {
        @Override
        public MessageType type() {
            return MessageType.CLEAN;
        }
    }

    /** Asks what the shim holds. */
    record ListHeld() implements Request {
        @Override
        public MessageType type() {
            return MessageType.LIST;
        }

        @Override
        public long tag() {
            return Protocol.NO_TAG;
        }
    }

    /**
     * Asks to be told once when there is more of a spool than what was consumed, or its writer has closed it.
     *
     * @param stream 1 or 2
     * @param consumed bytes that need not be kept any longer
     */
    record Follow(long tag, int stream, long consumed) implements Request {
        @Override
        public MessageType type() {
            return MessageType.FOLLOW;
        }
    }

    /** Drops the write end of standard input that the shim keeps. */
    record CloseStdin(long tag) implements Request {
        @Override
        public MessageType type() {
            return MessageType.CLOSE_STDIN;
        }
    }

    /** Asks for the descriptors that the shim keeps; answered by {@link Reply.Taken}. */
    record Take(long tag) implements Request {
        @Override
        public MessageType type() {
            return MessageType.TAKE;
        }
    }

    /**
     * Names the init that a restorer has brought back, a child of the shim.
     *
     * @param descriptors the master of its terminal, if it has one
     */
    record Adopt(long tag, int pid, List<Descriptor> descriptors) implements Request {
        @Override
        public MessageType type() {
            return MessageType.ADOPT;
        }
    }

    /**
     * Ends the shim.
     *
     * @param tag given back by {@link Reply.Refused}; names no process
     */
    record Shutdown(long tag, boolean force) implements Request {
        @Override
        public MessageType type() {
            return MessageType.SHUTDOWN;
        }
    }
}
