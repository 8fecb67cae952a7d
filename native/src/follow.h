/* SPDX-License-Identifier: Apache-2.0 */
/*
 * follow.h - FOLLOW and GREW: the engine says how far it has read a spool, and is told once when there is more.
 */
#ifndef CAISSON_FOLLOW_H
#define CAISSON_FOLLOW_H

#include "requests.h"
#include "spool.h"

void follow_request(const struct request *request);

/* The engine that wanted to be told has left. */
void follow_forget_all(struct shim *shim);

/* Sends the GREW that is due, if it is. */
void follow_tell(struct spool *spool);

#endif
