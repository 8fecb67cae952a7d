/* SPDX-License-Identifier: Apache-2.0 */
/*
 * progress.h - the words shared with launching children (struct launch_progress), taken from pages that are mapped once.
 */
#ifndef CAISSON_PROGRESS_H
#define CAISSON_PROGRESS_H

#include "child.h"

/* One that is all zeros; NULL with errno. */
volatile struct launch_progress *progress_take(void);

/* Its child has executed or is dead. NULL is allowed. */
void progress_give_back(volatile struct launch_progress *progress);
#endif
