/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stager.h - the way into a user namespace.
 *
 * What the shim has cloned is still a process of the host with all its rights, outside of the container's cgroups. It does for the
 * container what root of a user namespace may not, then enters the namespace and clones the init from there, so that all
 * other namespaces belong to it:
 *
 *   stager: joins namespaces · user namespace with its maps · root and bind sources as detached mounts · setns(user)
 *           clone3(CLONE_PARENT | the other new namespaces) -> init: waits
 *           CHANNEL_INIT to the shim, a byte to the init, _exit(0)
 *   init:   joins the cgroups, goes on in child.c
 */
#ifndef CAISSON_STAGER_H
#define CAISSON_STAGER_H

#include "child_state.h"

/* Returns in the init only. */
void stager_split(struct child *child);

#endif
