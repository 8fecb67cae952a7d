/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proc.h - writing to procfs through the host's own /proc, opened before anything of a container exists.
 *
 * A container's /proc is never used for that: what is mounted there can be made to be something else (CVE-2019-16884,
 * CVE-2025-52881). The host's shows the same process and its namespaces under "self".
 */
#ifndef CAISSON_PROC_H
#define CAISSON_PROC_H

#include "child_state.h"

/* Opens the host's /proc and makes sure that it is one. */
void proc_open(struct child *child);

/* Opens a file below it without crossing mounts or magic links. Returns the descriptor, or -1 with errno. */
int proc_open_file(const struct child *child, const char *path, int flags);

/* Writes one value with one write(2). Returns 0, or -1 with errno. */
int proc_write(const struct child *child, const char *path, const char *value);

#endif
