/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_SOURCES_H
#define CAISSON_SOURCES_H

#include "child_state.h"

/* Makes a detached copy of the source of each bind mount, before anything of ours is mounted: what a bind of / shows is the
 * host alone. In a stager it is done with the host's rights, which reach where a user of the container may not. */
void sources_open(struct child *child);

#endif
