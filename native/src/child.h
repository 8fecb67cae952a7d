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
	unsigned int namespaces_done; /* CLONE_NEW* bits the shim has made or joined for the child already; of the plan's
	                                 E_NS_JOIN and E_NS_NEW the child carries out the others */
	volatile uint32_t *progress;  /* one word in memory shared with the shim: the child stores the enum phase it is
	                                 about to enter, PHASE_EXEC as the last thing before execve. So a child that was
	                                 killed before its execve is told apart from one that ran, without a system call. */
};

/* Carries out the plan in the freshly cloned process; ends in execve, or reports over the channel and _exits. Signal
 * handlers are default (CLONE_CLEAR_SIGHAND) and no signal is blocked when it is called; all descriptors of the shim that
 * are not in the context are still open (and CLOEXEC): what runs before the execve must not hand them on. */
_Noreturn void child_main(const struct child_context *context);

/* The E_CGROUP_MKDIR and E_CGROUP_WRITE entries in order (also called by the parent with PLAN_CGROUP_IN_PARENT).
 * Returns 0, or -1 with errno set and `what` (size bytes) telling which path and value. */
int cgroup_prepare(const struct plan *plan, char *what, size_t size);

#endif
