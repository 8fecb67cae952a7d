/* SPDX-License-Identifier: Apache-2.0 */
/*
 * descriptor.h - ownership of file descriptors.
 */
#ifndef CAISSON_DESCRIPTOR_H
#define CAISSON_DESCRIPTOR_H

#include <errno.h>
#include <unistd.h>

/* Closes *fd unless it is negative, leaves errno alone, and sets it to -1. */
static inline void descriptor_close(int *fd)
{
	if (*fd >= 0) {
		int saved = errno;

		/* close(2) on Linux releases the descriptor whatever it returns; nothing here writes through a cache that
		 * could report a late error (network filesystems are not used for records). */
		(void)close(*fd);
		errno = saved;
		*fd = -1;
	}
}

/* Gives the descriptor away: the variable forgets it. */
static inline int descriptor_take(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

#define AUTO_CLOSE __attribute__((cleanup(descriptor_close)))

#endif
