/* SPDX-License-Identifier: Apache-2.0 */
/*
 * launch.h - a process from LAUNCH until its execve has succeeded or it is known that it never will.
 */
#ifndef CAISSON_LAUNCH_H
#define CAISSON_LAUNCH_H

#include "child.h"
#include "failure.h"
#include "process.h"
#include "requests.h"

struct launch {
	struct process *process;
	struct watch channel;  /* channel.h; -1 once it has ended */
	volatile struct launch_progress *progress;
	int record;            /* descriptor of the process's record, or -1 */
	int master;            /* of the pty, for the STARTED to come; -1 */
	bool await_continue;   /* CREATED was sent */
	bool gated;            /* one-shot: after START the process waits at E_GATE_FIFO, without the shim */
	uint32_t *made_by;     /* for each KEPT_CGROUP: how many cgroups must have been made for it to be ours */
};

void launch_request(const struct request *request);
void launch_continue(const struct request *request);
void launch_start(const struct request *request);
void launch_adopt(const struct request *request);

/* A LAUNCH whose descriptors got lost because ours ran out. */
void launch_out_of_descriptors(const struct request *request);

/* The child was reaped, with this wait status: settles whether its execve had succeeded (then it is process->started). If
 * not, the process goes its way as a failed one, and false is returned. */
bool launch_child_ended(struct process *process, int wait_status);

/* After a failure: of the cgroups to be removed only those that this launch has made stay noted, and those that it was not to
 * make itself. One that was there before, which made it fail, belongs to somebody else. */
void launch_keep_own_cgroups(struct process *process);

/* Frees what only a launch needs. */
void launch_release(struct process *process);

#endif
