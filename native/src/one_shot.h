/* SPDX-License-Identifier: Apache-2.0 */
/*
 * one_shot.h - the mode in which the shim leaves its child to the caller's sub-reaper.
 */
#ifndef CAISSON_ONE_SHOT_H
#define CAISSON_ONE_SHOT_H

#include "shim.h"

/* The child needs us no more: the shim ends and leaves it and its record alone. */
void one_shot_done(struct shim *shim);

/* The engine went before that: the child is killed and cleaned. */
void one_shot_engine_left(struct shim *shim);

#endif
