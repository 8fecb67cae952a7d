/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signals.h - signals to the shim itself, and MSG_SIGNAL to what it holds.
 */
#ifndef CAISSON_SIGNALS_H
#define CAISSON_SIGNALS_H

#include "requests.h"
#include "shim.h"

/* SIGTERM, SIGINT and SIGHUP end the shim with all it holds; SIGPIPE and SIGXFSZ become errors of the calls that cause
 * them. 0, or -1 with errno. */
int signals_open(struct shim *shim);

void signal_request(const struct request *request);

#endif
