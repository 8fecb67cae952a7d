/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cleaning.h - CLEAN: what is left of an ended process goes: host mounts, directories, spools, its record. A small tree is
 * removed at once; a large one by a process forked for it, so that nobody else waits.
 */
#ifndef CAISSON_CLEANING_H
#define CAISSON_CLEANING_H

#include "loop.h"

struct process;
struct request;

struct cleaning {
	struct watch helper; /* pidfd of the process that removes the trees */
	int helper_pid;
	int report;          /* pipe from it */
	void (*done)(struct process *process, int error, const char *what); /* called when it has ended */
	int error;           /* the first */
	char text[256];      /* what it was about */
};

void cleaning_request(const struct request *request);

/* Starts with a process that is PROCESS_ENDED. It may be forgotten when this returns. */
void cleaning_start(struct process *process);

void cleaning_release(struct process *process);

#endif
