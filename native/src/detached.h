/* SPDX-License-Identifier: Apache-2.0 */
/*
 * detached.h - mounts that exist as a descriptor before they are put anywhere (Linux 5.2; their attributes: 5.12).
 *
 * Functions that return a descriptor or 0 give -1 with errno when they fail.
 */
#ifndef CAISSON_DETACHED_H
#define CAISSON_DETACHED_H

#include <stdbool.h>
#include <stdint.h>

#include "child_state.h"

/* A copy of what is mounted at a path of the host, or at a descriptor with "". */
int detached_clone(int directory, const char *path, bool recursive, bool follow);

/* As detached_clone, of something inside a mount that may be detached itself. Kernels before 6.15 copy from attached
 * mounts only: for them the mount is stacked (detached_stack) and stays so. */
int detached_clone_from(struct child *child, int mount, const char *path);

/* Sets and clears MS_* flags of a mount, and its propagation (0: left as it is). */
int detached_set(int mount, uint64_t set, uint64_t clear, uint64_t propagation, bool recursive);

/* Puts the id maps of a user namespace on a mount that is not attached yet. */
int detached_map_ids(int mount, int user_namespace, bool recursive);

/* Attaches a mount to what a descriptor stands for. */
int detached_attach(int mount, int target);

/* Notes a mount that is needed only while others are made from it. */
void detached_keep(struct child *child, int mount);

/* Attaches the mount that is to be the root on top of all that lies on the host's /. */
int detached_place(int mount);

/* Attaches a mount on top of all that lies on the host's / in our mount namespace. That hides nothing of the host: a
 * lookup starts below it. pivot_root takes it away with the rest of the host. */
int detached_stack(struct child *child, int mount);

/* Takes the topmost of them away again. */
int detached_unstack(struct child *child);

/* The mount on top of the host's /, which is where ".." leads from / itself. */
int detached_top(void);

#endif
