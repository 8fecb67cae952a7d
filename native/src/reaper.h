/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reaper.h - PLAN_INIT_REAPER: caisson-init (init/caisson_init.c) stays in front of the user's process.
 */
#ifndef CAISSON_REAPER_H
#define CAISSON_REAPER_H

#include "child_state.h"

bool reaper_wanted(const struct child *child);

/* Makes what reaper_split() needs, while no limit and no filter of the user's process is in force. */
void reaper_prepare(struct child *child);

/* Forks, so that both have the same rights, limits and filter. Returns in the child, which goes on to be the user's process,
 * in a session of its own. The parent, as pid 1 or as a subreaper, becomes caisson-init. */
void reaper_split(struct child *child);

#endif
