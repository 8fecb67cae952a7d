/* SPDX-License-Identifier: Apache-2.0 */
/*
 * root.h - the shim's directory:
 *
 *   lock       a POSIX record lock (fcntl F_SETLK) held for the life of the shim; its text is the shim's pid
 *   shim.sock  where the engine connects
 *   shim.log   serious messages
 *   c/<tag>    the record of each process held (record.h)
 */
#ifndef CAISSON_ROOT_H
#define CAISSON_ROOT_H

#include <stdbool.h>
#include <stddef.h>

#define ROOT_SOCKET "shim.sock"
#define ROOT_LOCK "lock"
#define ROOT_LOG "shim.log"
#define ROOT_RECORDS "c"

struct root {
	const char *path;
	int directory;
	int records;
	int lock;
};

/* Makes what is missing, checks the directory and takes the lock. 0, or -1 with errno and a sentence in `what`. */
int root_open(struct root *root, const char *path, char *what, size_t size);

/* Makes standard error the log. 0, or -1 with errno. */
int root_open_log(const struct root *root);

/* Removes the socket; with `whole` everything the shim has put into the directory, and the directory when it is empty.
 * The lock goes last, with the process. */
void root_remove(const struct root *root, bool whole);

#endif
