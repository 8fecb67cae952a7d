/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spool.h - the output of one stream in lasting mode: what comes out of the pipe (or pty) is appended to a file, so that
 * nothing is lost while no engine is there. The engine reads the file and says by FOLLOW how far it has come; what lies
 * before is punched out of the file.
 *
 * A file that cannot be written (disk full) loses nothing: the pipe is not read any further until space may be there
 * again, and the writer waits.
 */
#ifndef CAISSON_SPOOL_H
#define CAISSON_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "loop.h"

struct process;

struct spool {
	struct process *process;
	uint32_t stream;      /* 1 stdout, 2 stderr */
	int file;
	int source;           /* read end of the pipe or a copy of the pty's master; -1: none yet, or it has ended */
	struct watch watch;   /* of the source, while it is read */
	bool terminal;
	bool ended;           /* every writer has closed it */
	uint64_t size;        /* bytes so far; those before `consumed` are freed */
	uint64_t consumed;

	bool followed;        /* one GREW is due when size passes follow_from or the stream ends */
	uint64_t follow_from;

	bool blocked;         /* the file does not take any more; stands in spool_retry's list */
	struct spool *next_blocked;
	bool told_full;       /* the log tells it once each time */
	unsigned char *read_ahead; /* terminal: what was read and could not be written yet */
	size_t read_ahead_length;
};

/* Makes the file (which must not exist) for stream 1 or 2. 0, or -1 with errno. */
int spool_create(struct process *process, uint32_t stream, const char *path);

/* For a former shim's file, which only is read and removed now. 0, or -1 with errno. */
int spool_reopen(struct process *process, uint32_t stream, const char *path);

/* Makes the pipe; *write_end is the process's and the caller's to close. 0, or -1 with errno. */
int spool_open_pipe(struct spool *spool, int *write_end);

/* Takes a pty's output from a copy of its master. 0, or -1 with errno. */
int spool_attach_terminal(struct spool *spool, int master);

/* Takes over what has been written up to now. True: all of it is in the files, or there are none; false: a file is full,
 * ending_go_on() follows. */
bool spools_drained(struct process *process);

/* Stops reading for good: there will be no more. */
void spool_close_source(struct spool *spool);

void spool_free(struct spool *spool);

/* For HELD; zeros without a spool. */
void spool_position(const struct spool *spool, uint64_t *size, uint64_t *consumed);

#endif
