/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proc_stat.h - /proc/<pid>/stat.
 */
#ifndef CAISSON_PROC_STAT_H
#define CAISSON_PROC_STAT_H

#include <stdint.h>
#include <sys/types.h>

/* Field 22, start time in clock ticks since boot; 0 when there is no such process (any more). */
uint64_t proc_start_time(pid_t pid);

#endif
