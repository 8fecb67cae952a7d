/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mount.h - carries out the E_MOUNT entries. Each mount is made detached, gets its flags, and is attached through the
 * descriptor to which its target was resolved inside the root.
 */
#ifndef CAISSON_MOUNT_H
#define CAISSON_MOUNT_H

#include "child_state.h"

void mount_all(struct child *child);

/* Gives a detached mount the plan's flags, attaches it, and sees to a later MS_RDONLY. `file`: it is no directory. */
void mount_place(struct child *child, const struct plan_mount *mount, int detached, bool file);

/* MOUNT_CONTENT, MOUNT_CGROUP */
void mount_content(struct child *child, const struct plan_mount *mount, unsigned int number);
void mount_cgroup(struct child *child, const struct plan_mount *mount);

/* Fills a new tmpfs with what the root has at the target (MOUNT_COPY_UP). */
void mount_copy_up(const struct child *child, const struct plan_mount *mount, int tmpfs);

#endif
