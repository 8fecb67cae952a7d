/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hold.h - where a launch stops and waits for the engine.
 */
#ifndef CAISSON_HOLD_H
#define CAISSON_HOLD_H

#include "child_state.h"

/* PLAN_AWAIT_CONTINUE */
void hold_created(struct child *child);

/* PLAN_HOLD and E_GATE_FIFO; hands the terminal over in any case. */
void hold_ready(struct child *child);

#endif
