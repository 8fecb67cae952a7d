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

#include <stddef.h>

#include "protocol.h"

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

/* At the end: the socket goes. After a tied shim all goes that it has put into the directory, and the directory when it is
 * empty then; after a one-shot shim all but the record of its container, and what it had to say in the log. */
void root_leave(const struct root *root, enum shim_mode mode);

#endif
