/* SPDX-License-Identifier: Apache-2.0 */
/*
 * starter.h - who started the shim. Until an engine has said HELLO, a tied or one-shot shim ends with its starter: an
 * engine that dies before it connects must not leave a shim behind.
 */
#ifndef CAISSON_STARTER_H
#define CAISSON_STARTER_H

#include "shim.h"

/* A pidfd of the parent, -1 when it has gone already. To be called before the shim may fork. */
int starter_open(void);

/* Takes over the pidfd. 0, or -1 with errno. */
int starter_watch(struct shim *shim, int pidfd);

#endif
