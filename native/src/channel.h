/* SPDX-License-Identifier: Apache-2.0 */
/*
 * channel.h - what a launching child and its shim say to each other.
 *
 * A SOCK_SEQPACKET socketpair per launch, both ends CLOEXEC. The child's end closes at execve: end of file without a
 * CHANNEL_FAILED before it, and with PHASE_EXEC in the shared struct launch_progress (child.h), means that the user's
 * process runs (with PLAN_INIT_REAPER: that its init, which had a copy, runs too). A child whose recv()
 * gets end of file has lost its shim and must _exit.
 *
 *   child                          shim
 *   INIT [pidfd] ----------------->          only from the stager of a user namespace (child_namespaces() in child.h).
 *                                            body: u32 pid of the real init. From now on that one is the process of this
 *                                            launch; the stager ends with status 0 and is only reaped
 *   WAITING ---------------------->          only with PLAN_AWAIT_CONTINUE
 *           <--------------------- CONTINUE  (body: state JSON for createContainer hooks)
 *   READY [pty master] ----------->          only with PLAN_HOLD
 *           <--------------------- START     (body: state JSON for startContainer hooks)
 *   MASTER [pty master] ---------->          with PLAN_TTY and no PLAN_HOLD
 *   FAILED ----------------------->          body: struct msg_failed + text; then the child _exits(1)
 *   (end of file) ---------------->          execve succeeded, if PHASE_EXEC was reached; else it was killed
 */
#ifndef CAISSON_CHANNEL_H
#define CAISSON_CHANNEL_H

#include <stdint.h>

enum channel_type {
	CHANNEL_WAITING = 1,
	CHANNEL_READY = 2,
	CHANNEL_MASTER = 3,
	CHANNEL_FAILED = 4,
	CHANNEL_CONTINUE = 5,
	CHANNEL_START = 6,
	CHANNEL_INIT = 7,
};

struct channel_header {
	uint32_t type;
	uint32_t length; /* of the whole packet */
};

#endif
