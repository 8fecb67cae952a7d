/* SPDX-License-Identifier: Apache-2.0 */
/*
 * need.h - what a test cannot go on without: it would wait for ever, or test something else.
 */
#ifndef CAISSON_NEED_H
#define CAISSON_NEED_H

#include <stdbool.h>
#include <sys/types.h>

/* Ends the program as failed unless `holds`. */
__attribute__((format(printf, 2, 3))) void need(bool holds, const char *format, ...);

/* A process that is to be killed if the program ends that way. */
void need_kill(pid_t pid);

#endif
