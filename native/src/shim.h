/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shim.h - the state of the one shim of a root. Everything runs in one thread, so nothing here is locked.
 */
#ifndef CAISSON_SHIM_H
#define CAISSON_SHIM_H

#include <stdbool.h>
#include <sys/resource.h>

#include "connection.h"
#include "loop.h"
#include "process_table.h"
#include "protocol.h"
#include "root.h"
#include "spool_retry.h"
#include "strays.h"

struct shim {
	enum shim_mode mode;
	struct root root;
	struct loop loop;
	struct watch listener;
	int reserve;               /* a descriptor to be closed for an engine's sake when there are no others left */
	bool deaf;                 /* the listener is not watched: not even that is left */
	struct watch signals;
	struct watch starter;      /* pidfd of who started us, until an engine says HELLO (tied, one-shot) */
	struct connections connections;
	struct process_table processes;
	struct spool_retry spool_retry;
	struct strays strays;
	struct rlimit descriptors; /* RLIMIT_NOFILE as we were given it, for the processes we start */
	mode_t umask;              /* the engine's, for hooks */
	int null;                  /* /dev/null of the host */
	int pid_namespace;         /* our own, to come back to after setns; opened when first needed, else -1 */
	bool in_user_namespace;    /* with all its children (outer_namespace.h) */
	bool ending;               /* everything is being killed; the last process gone ends the loop */
};

/* Kills all that is held, cleans it, and ends the loop when nothing is left. */
void shim_end(struct shim *shim);

/* To be called whenever a process was forgotten or the engine has left. */
void shim_end_if_done(struct shim *shim);

#endif
