/* SPDX-License-Identifier: Apache-2.0 */
/*
 * restore.h - PLAN_RESTORE: what a program that brings a container back finds ready. It wants the root as a mount point
 * and the sources of mounts from outside as paths (CRIU: --root, --external mnt[]), in a mount namespace that goes with it.
 */
#ifndef CAISSON_RESTORE_H
#define CAISSON_RESTORE_H

#include "child_state.h"

/* Makes the stage, the root and its mount points in it, and the mounts. */
void restore_make_stage(struct child *child);

/* The streams of the program where the container has a terminal, which only the program can bring back. */
void restore_streams(struct child *child);

/* Opens what E_KEEP_NETWORK asks for; -1: nothing. */
int restore_open_network(const struct child *child);

#endif
