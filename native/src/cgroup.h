/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup.h - the child's way into its control groups. cgroup_prepare() is in child.h: the shim calls it, too.
 */
#ifndef CAISSON_CGROUP_H
#define CAISSON_CGROUP_H

#include "child_state.h"

/* Makes the cgroups, writes the limits, attaches the device programs, or waits until the shim has done so. */
void cgroup_make(struct child *child);

/* Moves this process in. */
void cgroup_join(struct child *child);

/* Loads and attaches an E_CGROUP_DEVICES program. Returns 0, or -1 with errno. */
int cgroup_devices_attach(const char *directory, struct plan_bytes program);

#endif
