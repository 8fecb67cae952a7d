/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tty.h - the terminal of a process: a pair of the container's own devpts.
 */
#ifndef CAISSON_TTY_H
#define CAISSON_TTY_H

#include "child_state.h"

/* Makes the pair (child->pty_master, child->pty_slave), gives it its size and its owner. */
void tty_open(struct child *child);

/* Shows the terminal as /dev/console of a new root. */
void tty_console(const struct child *child);

/* Starts a session; with a terminal it becomes the controlling one. */
void tty_session(const struct child *child);

#endif
