/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_HOST_COPY_H
#define CAISSON_HOST_COPY_H

#include "child_state.h"

/* E_ROOT_HOST_COPY: a copy-on-write view of the host's root whose changes live in a tmpfs and die with the container.
 * Returns the mount, on top of the host's /. */
int host_copy_make(struct child *child);

#endif
