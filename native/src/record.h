/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record.h - <root>/c/<tag>: what a new shim has to know when this one dies, and what LIST gives back of a process. It is
 * written before the clone, so that there is no moment in which something exists that no record tells of.
 */
#ifndef CAISSON_RECORD_H
#define CAISSON_RECORD_H

#include <stdint.h>

#include "kept.h"
#include "process.h"

struct record {
	uint32_t magic;
	uint32_t version;
	unsigned char boot[16]; /* /proc/sys/kernel/random/boot_id: in another boot pids mean nothing */
	uint64_t tag;
	uint64_t target;
	uint32_t kind;
	uint32_t flags;
	uint32_t pid;           /* 0: not cloned yet */
	uint32_t zero;
	uint64_t start_time;
	uint64_t started_ns;
};

/* Writes the record of a process, `blob` included. Returns its descriptor, or -1 with errno. */
int record_create(struct process *process, const void *blob, size_t blob_length);

/* Writes what has become known since: pid, start time. */
void record_identify(const struct process *process, int record);

/* Appends how the process ended. */
void record_append_exited(const struct process *process);

/* Removes it, if there is one. 0, or an errno. */
int record_remove(struct process *process);

/* Reads <root>/c/<name>: `kept` then holds all entries, those that are on disk only as well. 0, or -1 with errno
 * (EBADMSG: it is broken). */
int record_read(const struct shim *shim, const char *name, struct record *record, struct kept *kept);

#define RECORD_NAME_MAX 17
void record_name(uint64_t tag, char name[static RECORD_NAME_MAX]);

/* Whether the record is of the time since the machine was booted. */
bool record_of_this_boot(const struct record *record);

#endif
