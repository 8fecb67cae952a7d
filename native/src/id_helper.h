/* SPDX-License-Identifier: Apache-2.0 */
/*
 * id_helper.h - a child that stays behind when its parent enters a user namespace, and has newuidmap(1) and newgidmap(1)
 * write that namespace's maps.
 */
#ifndef CAISSON_ID_HELPER_H
#define CAISSON_ID_HELPER_H

#include <stddef.h>
#include <sys/types.h>

struct id_helper {
	pid_t pid;
	int turn;     /* written to when the namespace is there */
	int complaint; /* what the helpers have to say */
};

/* Starts it. `maps`: the two maps, then the two helpers' paths. 0, or -1 with errno. */
int id_helper_start(struct id_helper *helper, char **maps);

/* Has it write the maps of the caller's namespace and waits for its end. 0, or -1 with errno and `what`. */
int id_helper_finish(struct id_helper *helper, char *what, size_t size);

/* There is no namespace: ends it. */
void id_helper_drop(struct id_helper *helper);

#endif
