/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan_reader.h - the one reader of launch plans (layout: plan.h).
 *
 * plan_read() checks the whole plan once, in the shim, before anything is cloned. After that no accessor can fail: they
 * walk the checked bytes, allocate nothing (but for field_argv) and return pointers into the plan, which must stay mapped.
 */
#ifndef CAISSON_PLAN_READER_H
#define CAISSON_PLAN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan.h"

#define PLAN_ENTRY_TYPES 96 /* one more than the highest enum entry_type, rounded up */

struct plan {
	const uint8_t *bytes;
	uint32_t length;
	enum plan_kind kind;
	uint32_t flags;                   /* enum plan_flags */
	uint32_t first[PLAN_ENTRY_TYPES]; /* offset of the first entry of the type, 0: there is none */
	uint32_t count[PLAN_ENTRY_TYPES];
};

struct plan_bytes {
	const void *data;
	uint32_t length;
};

/* Fields of one entry, taken one after the other in the order in which plan.h lists them. */
struct plan_fields {
	const uint8_t *at;
};

/* The entries of one type, or of a range of types, in the order in which they stand. */
struct plan_cursor {
	const struct plan *plan;
	uint32_t from, to; /* types, both included */
	uint32_t left;
	uint32_t offset;
	uint32_t type; /* of the entry that plan_next() gave last */
};

/* Checks `length` bytes that came with `fd_count` descriptors (the plan's own, index 0, included) and fills *plan.
 * Returns 0, or -1 with a sentence in `error` (size bytes) that says which entry is wrong and how. */
int plan_read(struct plan *plan, const void *bytes, size_t length, unsigned int fd_count, char *error, size_t size);

static inline bool plan_has(const struct plan *plan, enum entry_type type)
{
	return plan->count[type] != 0;
}

struct plan_cursor plan_cursor(const struct plan *plan, enum entry_type from, enum entry_type to);
bool plan_next(struct plan_cursor *cursor, struct plan_fields *fields);

/* The fields of the first entry of a type; false: there is none. */
bool plan_find(const struct plan *plan, enum entry_type type, struct plan_fields *fields);

uint32_t field_u32(struct plan_fields *fields);
int32_t field_i32(struct plan_fields *fields);
uint64_t field_u64(struct plan_fields *fields);
const char *field_string(struct plan_fields *fields);
struct plan_bytes field_bytes(struct plan_fields *fields);
/* How many elements follow; then take them with the functions above. */
uint32_t field_list(struct plan_fields *fields);
/* A list of strings as execve(2) wants it: a NULL-terminated array on the heap; NULL with errno set: no memory. */
char **field_argv(struct plan_fields *fields);

/* A plan's only string, number, descriptor index; `absent` where there is no such entry. */
const char *plan_string(const struct plan *plan, enum entry_type type, const char *absent);
uint32_t plan_u32(const struct plan *plan, enum entry_type type, uint32_t absent);
uint64_t plan_u64(const struct plan *plan, enum entry_type type, uint64_t absent);

struct plan_mount {
	enum mount_kind kind;
	uint32_t options; /* enum mount_options */
	uint64_t attr_set, attr_clear, propagation;
	uint32_t idmap;
	uint32_t mode;
	const char *source, *target, *fstype, *data;
	struct plan_bytes content;
};

struct plan_mount field_mount(struct plan_fields *fields);

#endif
