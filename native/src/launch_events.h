/* SPDX-License-Identifier: Apache-2.0 */
/*
 * launch_events.h - how a launch gets on, told to the engine.
 */
#ifndef CAISSON_LAUNCH_EVENTS_H
#define CAISSON_LAUNCH_EVENTS_H

#include "launch.h"

/* The stager of a user namespace has made the real init; *pidfd is taken over. -1: that is no such message. */
int launch_init_announced(struct process *process, const unsigned char *body, size_t length, int *pidfd);

/* The process of this launch is another one from now on; *pidfd is taken over, and becomes that of the former one, for the
 * caller to close. -1 with errno: it can't be watched. */
int launch_change_process(struct process *process, pid_t pid, int *pidfd);

/* PLAN_AWAIT_CONTINUE: CREATED. */
void launch_waiting(struct process *process);

/* PLAN_HOLD: READY, with the pty's master if *master is one (taken over; NULL: none came). */
void launch_ready(struct process *process, int *master);

/* The pty's master, for STARTED. */
void launch_master(struct process *process, int *master);

/* START was passed on. */
void launch_started_on(struct process *process);

/* execve has succeeded: STARTED. The launch is over. */
void launch_executed(struct process *process);

#endif
