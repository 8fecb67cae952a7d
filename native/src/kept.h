/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kept.h - what the shim has to remember of a plan until the process is cleaned: one flat block of (type, string)
 * entries. The same bytes are the body of the process's record on disk.
 */
#ifndef CAISSON_KEPT_H
#define CAISSON_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kept_type {
	KEPT_ID = 1,
	KEPT_REPORT = 2,
	KEPT_CGROUP = 3,
	KEPT_TREE = 4,
	KEPT_UNMOUNT = 5,
	KEPT_SPOOL = 6,  /* two of them at most: stdout's path, then stderr's; empty: that stream has none */
	KEPT_BLOB = 7,   /* on disk only */
	KEPT_LINK = 9,   /* E_REMOVE_LINK */
	KEPT_EXITED = 8, /* on disk only: struct msg_exited, once it is known (without report files) */
};

struct kept {
	size_t length;
	size_t capacity;
	unsigned char *bytes;
};

struct kept_entry {
	enum kept_type type;
	uint32_t length;
	const char *text; /* NUL-terminated, but may hold anything for KEPT_BLOB and KEPT_EXITED */
};

/* 0, or -1 with errno ENOMEM. */
int kept_add(struct kept *kept, enum kept_type type, const void *text, size_t length);

/* Steps through the entries of one type: *position starts at 0. */
bool kept_next(const struct kept *kept, enum kept_type type, size_t *position, struct kept_entry *entry);

/* Whether the block is well formed from end to end: for one that was read from disk. */
bool kept_valid(const struct kept *kept);

/* The first entry of the type, or NULL. */
const char *kept_text(const struct kept *kept, enum kept_type type);

/* Takes out the entries of the type for which `drop` says so; it is given their number among those of the type. */
void kept_drop(struct kept *kept, enum kept_type type, bool (*drop)(uint32_t number, const void *context),
	       const void *context);

void kept_free(struct kept *kept);

#endif
