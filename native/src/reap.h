/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reap.h - the end of a held process: its pidfd becomes readable, and it is waited for by that.
 */
#ifndef CAISSON_REAP_H
#define CAISSON_REAP_H

#include "process.h"

/* Awaits the end of the process that `pidfd` names, and takes that over. 0, or -1 with errno. */
int reap_watch(struct process *process, int pidfd);

/* It is a zombie: takes its status, and goes on to what follows its end. */
void reap(struct process *process);

#endif
