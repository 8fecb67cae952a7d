/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_HOOK_H
#define CAISSON_HOOK_H

#include "child_state.h"

/* Runs the hooks of a type (E_HOOK_CREATE, E_HOOK_START) one after the other, with child->state on standard input. One that
 * fails, or is not done in its time, ends the launch; the end of what it wrote is in the message. */
void hook_run_all(struct child *child, enum entry_type type);

#endif
