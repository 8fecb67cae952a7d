/* SPDX-License-Identifier: Apache-2.0 */
/*
 * process_table.h - the processes the shim holds: found by tag in O(1), walked oldest first.
 */
#ifndef CAISSON_PROCESS_TABLE_H
#define CAISSON_PROCESS_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct process;

struct process_table {
	struct process **buckets;
	size_t bucket_count; /* a power of two, or 0 before the first process */
	size_t count;
	struct process *oldest;
	struct process *newest;
};

struct process *process_table_find(const struct process_table *table, uint64_t tag);

/* 0, or -1 with errno: EEXIST when the tag is taken, ENOMEM. */
int process_table_add(struct process_table *table, struct process *process);

void process_table_remove(struct process_table *table, struct process *process);

#endif
