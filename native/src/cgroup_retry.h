/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup_retry.h - waiting for a cgroup that is busy although nobody is to be seen in it.
 *
 * A task leaves its cgroup a moment after its end can be seen (the kernel unlinks it when it has switched away for the
 * last time), and v1 tells nobody when a cgroup gets empty. So this one thing is left to the clock: 1 ms, doubled each
 * time, until some seconds have passed; then somebody is in it who is out of our sight, such as a process of a pid
 * namespace that is not below ours.
 */
#ifndef CAISSON_CGROUP_RETRY_H
#define CAISSON_CGROUP_RETRY_H

#include <stdbool.h>

#include "loop.h"

struct cgroup_retry {
	struct watch timer;
	unsigned int waited_ms;
	bool pending;
	void (*again)(void *context);
	void *context;
};

/* Calls `again` later. False: it was tried long enough, or there is no timer. */
bool cgroup_retry_later(struct cgroup_retry *retry, struct loop *loop, void (*again)(void *context), void *context);

static inline bool cgroup_retry_pending(const struct cgroup_retry *retry)
{
	return retry->pending;
}

void cgroup_retry_cancel(struct cgroup_retry *retry, struct loop *loop);

#endif
