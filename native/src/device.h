/* SPDX-License-Identifier: Apache-2.0 */
/*
 * device.h - nodes and links in the container. Each is made in a directory that was resolved inside the root first: /dev
 * itself may be a link (CVE-2026-41579).
 */
#ifndef CAISSON_DEVICE_H
#define CAISSON_DEVICE_H

#include "child_state.h"

/* E_DEVICE */
void device_make_all(struct child *child);

/* E_SYMLINK */
void device_link_all(struct child *child);

/* PLAN_DEV_SETUP: the links that every /dev has. */
void device_setup(struct child *child);

/* Opens, and if need be makes, the directory of `path` inside the root and points `name` to the last component. The
 * descriptor stays ours. */
int device_open_parent(struct child *child, const char *path, const char **name);

#endif
