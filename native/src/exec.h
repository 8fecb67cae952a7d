/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_EXEC_H
#define CAISSON_EXEC_H

#include "child_state.h"

/* Reads the plan's arguments and environment. */
void exec_prepare(struct child *child);

/* Adds HOME, where the plan wants it and the environment has none. */
void exec_add_home(struct child *child);

/* Finds the program by the container's PATH, as the user that the process is now. */
void exec_find(struct child *child);

/* Becomes the program. */
_Noreturn void exec_run(const struct child *child);

#endif
