/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outer_namespace.h - the user namespace that the shim of an ordinary user lives in: there it is root, so that it can
 * make all other namespaces as root's shim does.
 */
#ifndef CAISSON_OUTER_NAMESPACE_H
#define CAISSON_OUTER_NAMESPACE_H

#include <stdbool.h>
#include <stddef.h>

/* Makes it, becomes its root and executes this program again, as `argv` without the maps: only then do our files in /proc
 * belong to somebody in there (proc_pid(5)). `maps` are up to four strings: the maps of users and of groups, each "inside
 * outside count ..." as newuidmap(1) takes it; then the paths of newuidmap and newgidmap, or none of both where one id is
 * mapped, which a process may do for itself.
 *
 * Returns -1 with errno and `what`, or not at all. */
int outer_namespace_enter(char **argv, char **maps, int count, char *what, size_t size);

/* Whether this process is in a user namespace, made here or by whoever started the engine. */
bool outer_namespace_is_there(void);

#endif
