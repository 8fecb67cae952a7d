/* SPDX-License-Identifier: Apache-2.0 */
/*
 * list.h - LIST: one HELD for each process, the oldest first, each followed by its EXITED or FAILED; then LIST_END. The
 * list is given out as fast as the engine reads it, never queued as a whole.
 */
#ifndef CAISSON_LIST_H
#define CAISSON_LIST_H

#include "requests.h"

void list_request(const struct request *request);

/* Goes on with a list under way. */
void list_continue(struct connection *connection);

#endif
