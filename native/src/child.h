/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child.h - the seam between the shim (parent side: launch.c) and the code that runs between clone and exec.
 */
#ifndef CAISSON_CHILD_H
#define CAISSON_CHILD_H

#include "plan_reader.h"

struct child_context {
	const struct plan *plan; /* parsed and checked by the parent before clone */
	const int *fds;          /* descriptors that came with MSG_LAUNCH; fds[0] is the plan's */
	unsigned int fd_count;
	int channel;             /* our end of channel.h */
	int cgroup_procs_count;  /* with PLAN_CGROUP_IN_PARENT: files opened by the parent for "0" to be written, else 0 */
	const int *cgroup_procs;
	int stdio[3];            /* resolved by the parent from E_STDIO; -1 with PLAN_TTY */
	int target_pidfd;        /* PLAN_EXEC with E_TARGET: pidfd of the container's init, else -1 */
	int die_with_parent;     /* PR_SET_PDEATHSIG SIGKILL (tied, lasting) or not (one-shot) */
	int map_in_parent;       /* uid/gid maps are written by the shim while the child is WAITING */
};

/* Carries out the plan in the freshly cloned process; ends in execve, or reports over the channel and _exits. */
_Noreturn void child_main(const struct child_context *context);

/* The E_CGROUP_MKDIR and E_CGROUP_WRITE entries in order (also called by the parent with PLAN_CGROUP_IN_PARENT).
 * Returns 0, or -1 with errno set and `what` (size bytes) telling which path and value. */
int cgroup_prepare(const struct plan *plan, char *what, size_t size);

#endif
