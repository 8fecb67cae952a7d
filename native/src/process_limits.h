/* SPDX-License-Identifier: Apache-2.0 */
/*
 * process_limits.h - what bounds a process besides its cgroups.
 */
#ifndef CAISSON_PROCESS_LIMITS_H
#define CAISSON_PROCESS_LIMITS_H

#include "child_state.h"

/* First of all: processors while the container is made. */
void limits_first(const struct child *child);

/* Out of memory score, io priority, memory policy: with the rights of the host, before a user namespace is entered. */
void limits_outer(const struct child *child);

/* Raises this process's hard limits to what the plan wants, the soft ones stay: for an init in a user namespace, where
 * limits can only be lowered, and which still has its root to build. */
void limits_raise(const struct child *child);

/* Resource limits as wanted. */
void limits_resources(const struct child *child);

/* Scheduling policy of a process (0: this one). */
void limits_scheduler(const struct child *child, pid_t pid);

/* Personality, umask. */
void limits_last(const struct child *child);

/* Processors of the user's process; nothing comes after it but seccomp and execve. */
void limits_processors(const struct child *child);

#endif
