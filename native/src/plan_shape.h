/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan_shape.h - what each entry of a plan must look like: the table behind plan_read().
 *
 * A shape has one letter per field:
 *   u u32 · U u64 · b bytes · s string · S string, not empty · p absolute path · c absolute path without ".." ·
 *   e KEY=value · f descriptor index · F descriptor index or 0 · *[...] list of elements that have the shape in brackets
 */
#ifndef CAISSON_PLAN_SHAPE_H
#define CAISSON_PLAN_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "plan.h"

struct plan_shape {
	const char *name;   /* as in plan.h; NULL: there is no such type */
	const char *fields;
	uint8_t kinds;      /* bit 1 << enum plan_kind: where it may stand */
	bool repeatable;
};

extern const struct plan_shape plan_shapes[];

/* Checks the fields of one entry against its shape. Returns NULL, or what is wrong. */
const char *plan_shape_check(const struct plan_shape *shape, const uint8_t *payload, uint32_t length,
			     unsigned int fd_count);

#endif
