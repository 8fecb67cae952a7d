/* SPDX-License-Identifier: Apache-2.0 */
/*
 * preparation.h - what is put together between the arrival of a LAUNCH and the clone, one file per step. Each step
 * returns 0, or -1 with the failure set; preparation_release() undoes what stands.
 */
#ifndef CAISSON_PREPARATION_H
#define CAISSON_PREPARATION_H

#include "launch.h"

struct preparation {
	struct process *process;
	struct failure *failure;
	const int *fds;          /* that came with LAUNCH; they stay the request's */
	unsigned int fd_count;
	void *mapped;            /* the plan's bytes */
	size_t mapped_length;
	struct plan plan;
	int stdio[3];            /* as child_context wants them */
	int made[3];             /* those of them that we made, to close after the clone */
	int target_pidfd;        /* borrowed */
	int pid_namespace;       /* pidfd or namespace file to be joined before the clone; borrowed, or -1 */
	int cgroup;              /* E_CGROUP_INTO, or -1 */
	bool cgroups_late;       /* the other cgroups are made beside the child */
	int host_network;        /* as child_context wants it */
	int channel;             /* the child's end */
};

int prepare_plan(struct preparation *preparation);       /* plan_file.c: maps and checks it */
int prepare_notes(struct preparation *preparation);      /* launch_notes.c: process->kept and the record */
int prepare_stdio(struct preparation *preparation);      /* launch_stdio.c */
int prepare_namespaces(struct preparation *preparation); /* launch_target.c: whom an exec enters */
int prepare_cgroups(struct preparation *preparation);    /* launch_cgroup.c: PLAN_CGROUP_IN_PARENT, E_CGROUP_INTO */
int prepare_network(struct preparation *preparation);    /* launch_network.c */
int prepare_channel(struct preparation *preparation);    /* launch_channel.c */

/* launch_cgroup.c: what could wait for the clone; a failure is told when the child, which is killed, has been reaped. */
void finish_cgroups(struct preparation *preparation);

/* launch_clone.c: makes the child, which runs child_main(). 0, or -1 with the failure set. */
int launch_clone(struct preparation *preparation);

void preparation_release(struct preparation *preparation);

#endif
