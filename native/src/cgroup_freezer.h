/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup_freezer.h - the v1 freezer among a process's cgroups, where there is one. A frozen process of v1 does not even
 * die of SIGKILL before it is thawed; v2's freezer has no such gap (kernel: cgroup-v2.rst, cgroup.freeze).
 */
#ifndef CAISSON_CGROUP_FREEZER_H
#define CAISSON_CGROUP_FREEZER_H

#include "kept.h"

/* Nothing in them can fork from now on. Returns at once; the freezing of what is in a system call goes on. */
void freezer_freeze(const struct kept *kept);
void freezer_thaw(const struct kept *kept);

#endif
