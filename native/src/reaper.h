/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reaper.h - PLAN_INIT_REAPER: a tiny init that stays in front of the user's process.
 */
#ifndef CAISSON_REAPER_H
#define CAISSON_REAPER_H

#include "child_state.h"

/* Forks. Returns in the child, which goes on to be the user's process. The parent, as pid 1 or as a subreaper, passes
 * signals on to it, reaps whoever is left to it, and ends as the child ends. */
void reaper_split(struct child *child);

#endif
