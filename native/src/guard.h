/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_GUARD_H
#define CAISSON_GUARD_H

#include "child_state.h"

/* Keeps others from looking into this process (CVE-2016-9962), has the kernel kill it when the shim dies, and ends it if
 * that has happened already. A change of user id undoes both (prctl(2)): to be called after each one. */
void guard_process(const struct child *child);

/* Gives signals the disposition and the mask that a program expects. */
void guard_reset_signals(const struct child *child);

#endif
