/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cleaning_helper.h - the directories of a process are removed: here if there is little in them, else by a forked process.
 * Network interfaces and pins always take one: the kernel lets whoever removes them wait.
 */
#ifndef CAISSON_CLEANING_HELPER_H
#define CAISSON_CLEANING_HELPER_H

#include <stddef.h>

struct process;

/* 0, or an errno with the path in `what`; EINPROGRESS: `done` will be called with these. */
int cleaning_rest(struct process *process, void (*done)(struct process *process, int error, const char *what),
		   char *what, size_t size);

#endif
