/* SPDX-License-Identifier: Apache-2.0 */
#include "process_table.h"

#include <errno.h>
#include <stdlib.h>

#include "process.h"

#define FIRST_BUCKETS 64u

/* Engines count tags up or draw them at random; multiplying by 2^64 / golden ratio spreads both. */
static size_t bucket_of(uint64_t tag, size_t bucket_count)
{
	return (size_t)((tag * 0x9e3779b97f4a7c15u) >> 32) & (bucket_count - 1);
}

static int grow(struct process_table *table)
{
	size_t bucket_count = table->bucket_count == 0 ? FIRST_BUCKETS : table->bucket_count * 2;
	struct process **buckets = calloc(bucket_count, sizeof(struct process *));

	if (buckets == NULL)
		return -1;
	for (struct process *process = table->oldest; process != NULL; process = process->next) {
		struct process **bucket = &buckets[bucket_of(process->tag, bucket_count)];

		process->bucket_next = *bucket;
		*bucket = process;
	}
	free(table->buckets);
	table->buckets = buckets;
	table->bucket_count = bucket_count;
	return 0;
}

struct process *process_table_find(const struct process_table *table, uint64_t tag)
{
	struct process *process;

	if (table->bucket_count == 0)
		return NULL;
	process = table->buckets[bucket_of(tag, table->bucket_count)];
	while (process != NULL && process->tag != tag)
		process = process->bucket_next;
	return process;
}

int process_table_add(struct process_table *table, struct process *process)
{
	struct process **bucket;

	if (process_table_find(table, process->tag) != NULL) {
		errno = EEXIST;
		return -1;
	}
	if (table->count >= table->bucket_count && grow(table) != 0)
		return -1;
	bucket = &table->buckets[bucket_of(process->tag, table->bucket_count)];
	process->bucket_next = *bucket;
	*bucket = process;
	process->next = NULL;
	process->previous = table->newest;
	if (table->newest != NULL)
		table->newest->next = process;
	else
		table->oldest = process;
	table->newest = process;
	table->count++;
	return 0;
}

void process_table_remove(struct process_table *table, struct process *process)
{
	struct process **link = &table->buckets[bucket_of(process->tag, table->bucket_count)];

	while (*link != process)
		link = &(*link)->bucket_next;
	*link = process->bucket_next;
	if (process->previous != NULL)
		process->previous->next = process->next;
	else
		table->oldest = process->next;
	if (process->next != NULL)
		process->next->previous = process->previous;
	else
		table->newest = process->previous;
	table->count--;
}
