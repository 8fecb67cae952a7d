/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_CWD_H
#define CAISSON_CWD_H

#include "child_state.h"

/* Makes the working directory (PLAN_CREATE_CWD) while the root can still be written to. */
void cwd_make(const struct child *child);

/* Enters it, or, where only the process's own user may, returns false for a second attempt as that user. */
bool cwd_enter(const struct child *child, bool last_attempt);

#endif
