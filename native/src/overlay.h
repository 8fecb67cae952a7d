/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_OVERLAY_H
#define CAISSON_OVERLAY_H

#include <stdint.h>

#include "child_state.h"

struct overlay {
	const int *lowers;    /* directories, top first */
	unsigned int lower_count;
	int upper, work;      /* directories; -1: it is read-only */
	int scratch;          /* detached mount that has them, or -1 */
	const char *options;  /* further ones */
	uint64_t flags;       /* MS_* */
};

/* Opens a directory as a lower layer, seen with the container's ids if PLAN_ROOT_IDMAP says so. */
int overlay_open_lower(const struct child *child, const char *path);

/* Mounts the overlay on top of the host's / in our mount namespace and returns it, or -1 with errno. */
int overlay_mount(struct child *child, const struct overlay *overlay);

#endif
