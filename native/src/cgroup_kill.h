/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup_kill.h - one round of killing whatever is in a process's cgroups, without blocking: SIGKILL to all, then wait in
 * the loop until some of those that were found are gone. Others may remain, or have been forked meanwhile: the owner starts
 * rounds until one finds nobody. With a freezer nobody forks meanwhile, so that even a fork bomb ends after a round.
 */
#ifndef CAISSON_CGROUP_KILL_H
#define CAISSON_CGROUP_KILL_H

#include <stdbool.h>

#include "kept.h"
#include "loop.h"

struct cgroup_kill;

/* Starts a round; `done` is called from the loop when those of them that are awaited have gone. NULL: nobody was found, and nothing
 * will be called. */
struct cgroup_kill *cgroup_kill_start(struct loop *loop, const struct kept *kept,
				      void (*done)(void *context), void *context);

/* Gives up waiting; allowed with NULL. */
void cgroup_kill_free(struct cgroup_kill *kill);

#endif
