/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bridge.h - the bridges that interfaces of containers are ports of.
 *
 * One that is not there is made, and bears BRIDGE_GROUP as its mark (atomically, by the message that makes it). It goes with
 * its last port. Others use it at the same time, also other shims: a lock on a file keeps "no port is left, away with it"
 * and "it is there, a port more" apart.
 */
#ifndef CAISSON_BRIDGE_H
#define CAISSON_BRIDGE_H

#include "link.h"
#include "plan_reader.h"

#define BRIDGE_GROUP 0xca155u

/* Holds the lock until the descriptor is closed; waits for others. -1 with errno. */
int bridge_lock(const char *path);

/* Finds the bridge, or makes it and gives it `addresses` (a list of strings). 0, or an errno and what was tried in `what`
 * (size bytes). */
int bridge_ensure(int socket, const char *name, struct plan_fields addresses, struct link *bridge, char *what,
		  size_t size);

/* Takes a bridge of ours away that has no port left. 0 also where there is nothing to be done. */
int bridge_remove_unused(const char *name, const char *lock);

#endif
