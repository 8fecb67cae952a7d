/* SPDX-License-Identifier: Apache-2.0 */
/*
 * process.h - one process that the shim holds, from LAUNCH until the tag is forgotten.
 *
 *   LAUNCHING -> (READY) -> RUNNING -> ENDING -> ENDED -> CLEANING -> forgotten
 *        \__________\__________________/            (kept until CLEAN, or gone at once, see end.c)
 */
#ifndef CAISSON_PROCESS_H
#define CAISSON_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "cleaning.h"
#include "ending.h"
#include "fact.h"
#include "kept.h"
#include "loop.h"
#include "pins.h"
#include "plan.h"
#include "protocol.h"

struct shim;
struct launch;
struct spool;

enum process_state {
	PROCESS_LAUNCHING, /* cloned, not yet READY or executed */
	PROCESS_READY,     /* holds before its execve (PLAN_HOLD) */
	PROCESS_RUNNING,
	PROCESS_ENDING,    /* reaped; what it left is being killed, drained, removed */
	PROCESS_ENDED,     /* told; kept until CLEAN */
	PROCESS_CLEANING,  /* its files are being removed */
};

struct process {
	struct process *bucket_next;
	struct process *previous, *next; /* by age */
	struct shim *shim;

	uint64_t tag;
	uint64_t target; /* tag of the container's init, for an exec */
	uint32_t kind;   /* enum plan_kind */
	uint32_t flags;  /* enum plan_flags */
	enum process_state state;
	bool started;    /* its execve succeeded */
	bool recorded;   /* <root>/c/<tag> exists */
	bool lost;       /* was held by a former shim, whose child it was */
	bool noted;      /* how it ended stands in its record */

	pid_t pid;       /* 0: there is none (any more) */
	struct watch pidfd;
	struct watch restorer; /* pidfd of what has brought it back, as long as that is there */
	uint64_t start_time; /* clock ticks since boot, as in /proc/pid/stat */
	uint64_t started_ns; /* CLOCK_REALTIME of the execve */

	struct kept kept;
	struct launch *launch;     /* until it runs or has failed */
	struct spool *spools[2];   /* stdout, stderr */
	int stdin_kept;            /* write end, or -1 */
	int master;                /* pty master kept in lasting mode, or -1 */
	struct pins pins;
	struct ending ending;      /* while PROCESS_ENDING */
	struct cleaning cleaning;  /* while PROCESS_CLEANING */
	struct fact fact;          /* once PROCESS_ENDED */
};

/* A new process in the table; NULL with errno (EEXIST: the tag is taken). */
struct process *process_new(struct shim *shim, uint64_t tag);

/* Takes it out of the table and out of the loop and frees all it has; its record and files are not touched. */
void process_forget(struct process *process);

/* Signals the process itself, with SIGKILL also one that is frozen; 0 or an errno. ESRCH when it has ended. */
int process_signal(const struct process *process, int signal);

/* SIGKILL, whether it is still there or not. */
void process_kill(const struct process *process);

/* For log and errors: its container id, or its tag. Valid until the next call. */
const char *process_name(const struct process *process);

/* As MSG_HELD says it. */
enum held_state process_held_state(const struct process *process);

#endif
