/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mount.h - carries out the E_MOUNT entries. Each mount is made detached, gets its flags, and is attached through the
 * descriptor to which its target was resolved inside the root.
 */
#ifndef CAISSON_MOUNT_H
#define CAISSON_MOUNT_H

#include "child_state.h"

void mount_all(struct child *child);

/* Gives a detached mount those flags of the plan that it does not have yet, attaches it, and sees to a later MS_RDONLY.
 * `file`: it is no directory. */
void mount_place(struct child *child, const struct plan_mount *mount, int detached, uint64_t flags, bool file);

/* The plan's flags without an MS_RDONLY that has to wait (deferred.h). */
uint64_t mount_early_flags(const struct plan_mount *mount);

/* MOUNT_CONTENT, MOUNT_CGROUP */
void mount_content(struct child *child, const struct plan_mount *mount, unsigned int number);
void mount_cgroup(struct child *child, const struct plan_mount *mount);

/* Fills a new tmpfs with what the root has at the target (MOUNT_COPY_UP). */
void mount_copy_up(const struct child *child, const struct plan_mount *mount, int tmpfs);

#endif
