/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linker.h - makes the pairs of E_VETH for an init in a user namespace.
 *
 * Its network namespace belongs to that user namespace, so it comes into being only when the stager has given up the rights
 * of the host, without which nobody can make the host's ends. A process that is forked before keeps them that long.
 */
#ifndef CAISSON_LINKER_H
#define CAISSON_LINKER_H

#include "child_state.h"

struct linker {
	pid_t pid; /* 0: there is nothing to make */
	int order; /* socket: the init's pid goes in, end of file comes out */
};

struct linker linker_start(const struct child *child);

/* Returns when all pairs are made; if that fails the linker has told the shim, and this process ends. */
void linker_finish(const struct child *child, struct linker *linker, pid_t init);

#endif
