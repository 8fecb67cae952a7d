/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child.h - the seam between the shim (parent side: launch.c) and the code that runs between clone and exec.
 */
#ifndef CAISSON_CHILD_H
#define CAISSON_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "plan_reader.h"

/* Memory shared by the shim and the child until execve, so that the shim knows without a system call how far a child
 * came that was killed: one that ran is told apart from one that was still being set up, and only cgroups that this
 * launch has made itself are removed (one that was there before belongs to somebody else). */
struct launch_progress {
	uint32_t phase;        /* enum phase about to be entered; PHASE_EXEC is stored as the last thing before execve */
	uint32_t cgroups_made; /* E_CGROUP_MKDIR entries done so far; also counted by cgroup_prepare() */
	uint32_t cgroups_ready; /* a futex: 1 when the shim has made what a child with cgroups_late waits for */
};

/* The cgroups that a child is not cloned into may be made while it is on its way to them: on a machine with a dozen
 * hierarchies of version 1 that takes as long as its mounts, and there mostly is a second processor. */
enum cgroup_part {
	CGROUP_ALL,
	CGROUP_BEFORE_CLONE, /* the entries up to the first that has nothing to do with E_CGROUP_INTO */
	CGROUP_AFTER_CLONE,  /* the others */
};

struct child_context {
	const struct plan *plan; /* parsed and checked by the parent before clone */
	const int *fds;          /* descriptors that came with MSG_LAUNCH; fds[0] is the plan's */
	unsigned int fd_count;
	int channel;             /* our end of channel.h */
	int stdio[3];            /* resolved by the parent from E_STDIO; -1 with PLAN_TTY */
	int host_network;        /* netlink socket of the shim's network namespace, where there is an E_VETH; else -1 */
	int target_pidfd;        /* PLAN_EXEC with E_TARGET: pidfd of the container's init, else -1 */
	int in_user_namespace;   /* the shim is in one: we have no rights over what the host has outside of it */
	mode_t engine_umask;     /* for the engine's own processes: hooks outside the container, PLAN_HOST */
	bool cgroups_late;       /* it enters its cgroups behind the root's mount: plan_enters_cgroups_late() */
	int die_with_parent;     /* PR_SET_PDEATHSIG SIGKILL (tied, lasting) or not (one-shot) */
	unsigned int namespaces_done; /* CLONE_NEW* bits the shim has made or joined for the child already (see
	                                 child_namespaces); of E_NS_JOIN and E_NS_NEW the child carries out the others */
	volatile struct launch_progress *progress;
};

/* Which of the plan's CLONE_NEW* bits the shim makes by clone3(2) flags (those in E_NS_NEW) or joins by setns(2) before it
 * clones (CLONE_NEWPID in E_NS_JOIN).
 *
 * A plan with a user namespace, new or joined, gets none: the process that the shim clones is then a short-lived stager.
 * With all the rights of the host it makes the cgroups, sets the limits and mounts what a process inside a user namespace
 * may not, clones the real init beside itself (CLONE_PARENT: the init is the shim's child), writes its id maps, announces
 * it by CHANNEL_INIT and ends with status 0. */
unsigned int child_namespaces(const struct plan *plan);

/* Does it take a stager? The cgroups are entered by the init alone, E_CGROUP_INTO included: a limit on processes may leave
 * room for no more. */
bool child_needs_stager(const struct plan *plan);

/* May the cgroups be entered when namespaces and root are made? Their paths are the host's, and whoever waits for the shim has to
 * die with it (not the child of a one-shot shim). */
bool plan_enters_cgroups_late(const struct plan *plan);

/* Carries out the plan in the freshly cloned process; ends in execve, or reports over the channel and _exits. When it is
 * called signal handlers are default (CLONE_CLEAR_SIGHAND) and nothing is ignored, but signals may be blocked; all
 * descriptors of the shim that are not in the context are still open (and CLOEXEC): what runs before the execve must not
 * hand them on. */
_Noreturn void child_main(const struct child_context *context);

/* The E_CGROUP_MKDIR, _WRITE and _DEVICES entries in order (also called by the parent with PLAN_CGROUP_IN_PARENT).
 * Returns 0, or -1 with errno set and `what` (size bytes) telling which path and value. */
int cgroup_prepare(const struct plan *plan, enum cgroup_part part, volatile struct launch_progress *progress, char *what,
		   size_t size);

#endif
