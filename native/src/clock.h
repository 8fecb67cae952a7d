/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clock.h - the wall clock in the protocol's unit.
 */
#ifndef CAISSON_CLOCK_H
#define CAISSON_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_wall_ns(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

#endif
