/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spool_retry.h - the spools whose files are full. They go on when a FOLLOW has freed space anywhere, and, since nobody
 * tells when others free some, once a second while there are any.
 */
#ifndef CAISSON_SPOOL_RETRY_H
#define CAISSON_SPOOL_RETRY_H

#include "loop.h"

struct spool;

struct spool_retry {
	struct spool *first;
	struct watch timer;
};

void spool_retry_add(struct spool_retry *retry, struct loop *loop, struct spool *spool);
void spool_retry_remove(struct spool_retry *retry, struct loop *loop, struct spool *spool);

/* There may be space again. */
void spool_retry_now(struct spool_retry *retry);

#endif
