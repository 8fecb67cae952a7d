/* SPDX-License-Identifier: Apache-2.0 */
/*
 * deferred.h - mounts that are to be read-only, but only when everything has been made in them.
 */
#ifndef CAISSON_DEFERRED_H
#define CAISSON_DEFERRED_H

#include "child_state.h"

void deferred_add(struct child *child, int mount);

/* Makes all of them read-only, and the root with PLAN_ROOT_READONLY. */
void deferred_close(struct child *child);

#endif
