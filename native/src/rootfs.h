/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rootfs.h - the container's root: made, moved into, given its final propagation.
 */
#ifndef CAISSON_ROOTFS_H
#define CAISSON_ROOTFS_H

#include "child_state.h"

/* Cuts our mount namespace off the host's. */
void rootfs_propagation(const struct child *child);

/* Makes the root and puts it on top of the host's /, from where pivot_root takes it. Sets child->root. */
void rootfs_make(struct child *child);

/* In a stager: makes the root a detached mount that the init can attach (child->root_tree). */
void rootfs_detach(struct child *child);

/* Makes the root / and the host's mounts go. Closes what was kept loose. */
void rootfs_pivot(struct child *child);

#endif
