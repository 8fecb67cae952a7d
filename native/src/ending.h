/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ending.h - what follows when a process has been reaped or its launch has failed, in steps that never block:
 *
 *   KILL    what is left in its cgroups, where the end of a pid namespace has not killed it already
 *   DRAIN   its spools take what is in the pipes; then the report files are read
 *   REMOVE  its cgroups; whatever is in them after all is killed first
 *   then    EXITED is told; after a failure its files are cleaned as well (cleaning.h) and FAILED is told
 */
#ifndef CAISSON_ENDING_H
#define CAISSON_ENDING_H

#include "cgroup_retry.h"
#include "protocol.h"

struct process;
struct cgroup_kill;

enum ending_step { ENDING_KILL, ENDING_DRAIN, ENDING_REMOVE };

struct ending {
	enum ending_step step;
	struct cgroup_kill *kill; /* the round under way */
	struct cgroup_retry retry;
	struct msg_exited exited;
	bool give_up_output;      /* a spool that cannot be written is not waited for */
};

/* The process ran and was reaped; `exited` has its status and usage. */
void ending_exited(struct process *process, const struct msg_exited *exited);

/* It never ran, as process->fact says. Its child, if there was one, has been reaped. */
void ending_failed(struct process *process);

/* PLAN_CLEAN: there never was one. */
void ending_of_nothing(struct process *process);

/* A spool that was blocked has taken all there was, or is given up. */
void ending_go_on(struct process *process);

void ending_release(struct process *process);

#endif
