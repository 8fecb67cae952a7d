/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child_descriptors.h - which descriptors a process has and which it hands on.
 */
#ifndef CAISSON_CHILD_DESCRIPTORS_H
#define CAISSON_CHILD_DESCRIPTORS_H

#include "child_state.h"

/* Closes all descriptors that the clone brought along and the launch does not need: a container that waits for its start
 * must not keep the sockets and pipes of others open. What stays becomes CLOEXEC. */
void descriptors_close_foreign(const struct child *child);

/* Gives the pipes among the standard streams to the user: /proc/self/fd/1 of a pipe opens only for its owner, and scripts
 * that write to /dev/stdout rely on it. The group, -1: as it is, counts in a user namespace, which
 * has no rights over a file whose group it does not have. Files and terminals that were passed in belong to somebody and are left alone. */
void descriptors_give_pipes(const struct child *child, uid_t uid, gid_t gid);

/* Puts the standard streams on 0, 1 and 2 and E_KEEP_FD's descriptors on their numbers: all that survives execve. */
void descriptors_arrange(struct child *child);

#endif
