/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spool_pump.h - moves bytes from a spool's source into its file.
 */
#ifndef CAISSON_SPOOL_PUMP_H
#define CAISSON_SPOOL_PUMP_H

#include "spool.h"

#define SPOOL_READ_AHEAD 4096

enum pump_result {
	PUMP_MORE,    /* something was moved, there may be more */
	PUMP_EMPTY,
	PUMP_ENDED,   /* the source is closed by now */
	PUMP_BLOCKED, /* the file does not take it: spool_retry goes on with it */
};

/* Moves once, and tells a follower. */
enum pump_result spool_pump(struct spool *spool);

/* Starts, or starts again, to read the source when there is something. 0, or -1 with errno. */
int spool_watch(struct spool *spool);

/* Moves what there is, and goes on reading; called when space may be there again. */
void spool_resume(struct spool *spool);

#endif
