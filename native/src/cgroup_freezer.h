/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup_freezer.h - the v1 freezer among a process's cgroups, where there is one. A frozen process of v1 does not even
 * die of SIGKILL before it is thawed; v2's freezer has no such gap (kernel: cgroup-v2.rst, cgroup.freeze).
 */
#ifndef CAISSON_CGROUP_FREEZER_H
#define CAISSON_CGROUP_FREEZER_H

#include <stdbool.h>

#include "kept.h"

/* Has the kernel stop what is in them; returns at once. False: there is no freezer. */
bool freezer_freeze(const struct kept *kept);

/* Whether all have stopped: then nobody in them forks, ends or comes any more. */
bool freezer_is_frozen(const struct kept *kept);

void freezer_thaw(const struct kept *kept);

#endif
