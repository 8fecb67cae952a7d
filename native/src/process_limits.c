/* SPDX-License-Identifier: Apache-2.0 */
#include "process_limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "proc.h"

#define DEFAULT_UMASK 022
#define IO_CLASS_SHIFT 13
#define IO_WHO_PROCESS 1

/* sched_setattr(2), the first version of the structure, which all kernels take. */
struct scheduling {
	uint32_t size;
	uint32_t policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
};

static void set_processors(const struct child *child, enum entry_type type)
{
	struct plan_fields fields;
	struct plan_bytes mask;

	if (!plan_find(child->plan, type, &fields))
		return;
	mask = field_bytes(&fields);
	if (syscall(SYS_sched_setaffinity, 0, (size_t)mask.length, mask.data) != 0)
		child_fail(child, errno, "bind the process to its processors");
}

void limits_first(const struct child *child)
{
	set_processors(child, E_CPU_AFFINITY_INITIAL);
}

void limits_processors(const struct child *child)
{
	set_processors(child, E_CPU_AFFINITY);
}

static void set_oom_score(const struct child *child)
{
	struct plan_fields fields;
	char value[16];

	if (!plan_find(child->plan, E_OOM_SCORE_ADJ, &fields))
		return;
	snprintf(value, sizeof value, "%d", field_i32(&fields));
	if (proc_write(child, "self/oom_score_adj", value) != 0)
		child_fail(child, errno, "set the out-of-memory score adjustment to %s", value);
}

static void set_io_priority(const struct child *child)
{
	struct plan_fields fields;

	if (!plan_find(child->plan, E_IO_PRIORITY, &fields))
		return;
	uint32_t class = field_u32(&fields), level = field_u32(&fields);
	if (syscall(SYS_ioprio_set, IO_WHO_PROCESS, 0, class << IO_CLASS_SHIFT | level) != 0)
		child_fail(child, errno, "set the io priority to class %u, level %u", class, level);
}

static void set_memory_policy(const struct child *child)
{
	struct plan_fields fields;

	if (!plan_find(child->plan, E_MEMORY_POLICY, &fields))
		return;
	uint32_t mode = field_u32(&fields);
	struct plan_bytes nodes = field_bytes(&fields);
	/* The kernel reads whole words, and one bit less than it is told (set_mempolicy(2), BUGS of get_nodes). */
	size_t words = (nodes.length + sizeof(unsigned long) - 1) / sizeof(unsigned long);
	unsigned long *mask = child_allocate(child, words, sizeof *mask);
	memcpy(mask, nodes.data, nodes.length);
	if (syscall(SYS_set_mempolicy, mode, nodes.length ? mask : NULL,
		    nodes.length ? words * sizeof *mask * 8 + 1 : 0) != 0)
		child_fail(child, errno, "set memory policy %u", mode);
	free(mask);
}

void limits_outer(const struct child *child)
{
	set_oom_score(child);
	set_io_priority(child);
	set_memory_policy(child);
}

static void set_limit(const struct child *child, int resource, const struct rlimit *limit)
{
	if (setrlimit(resource, limit) != 0)
		child_fail(child, errno, "set resource limit %d to soft %llu, hard %llu", resource,
			   (unsigned long long)limit->rlim_cur, (unsigned long long)limit->rlim_max);
}

void limits_resources(const struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_RLIMIT, E_RLIMIT);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		int resource = field_i32(&fields);
		struct rlimit limit = {.rlim_cur = field_u64(&fields), .rlim_max = 0};

		limit.rlim_max = field_u64(&fields);
		set_limit(child, resource, &limit);
	}
}

void limits_raise(const struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_RLIMIT, E_RLIMIT);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		int resource = field_i32(&fields);
		struct rlimit limit;

		(void)field_u64(&fields);
		rlim_t hard = field_u64(&fields);
		if (getrlimit(resource, &limit) != 0)
			child_fail(child, errno, "read resource limit %d", resource);
		if (hard <= limit.rlim_max)
			continue;
		limit.rlim_max = hard;
		set_limit(child, resource, &limit);
	}
}

void limits_scheduler(const struct child *child, pid_t pid)
{
	struct scheduling scheduling = {.size = sizeof scheduling};
	struct plan_fields fields;

	if (!plan_find(child->plan, E_SCHEDULER, &fields))
		return;
	scheduling.policy = field_u32(&fields);
	scheduling.flags = field_u64(&fields);
	scheduling.nice = field_i32(&fields);
	scheduling.priority = field_u32(&fields);
	scheduling.runtime = field_u64(&fields);
	scheduling.deadline = field_u64(&fields);
	scheduling.period = field_u64(&fields);
	if (syscall(SYS_sched_setattr, pid, &scheduling, 0) != 0)
		child_fail(child, errno, "set scheduling policy %u, nice %d, priority %u", scheduling.policy,
			   scheduling.nice, scheduling.priority);
}

void limits_last(const struct child *child)
{
	struct plan_fields fields;

	if (plan_find(child->plan, E_PERSONALITY, &fields)) {
		uint64_t wanted = field_u64(&fields);

		if (personality((unsigned long)wanted) < 0)
			child_fail(child, errno, "set personality 0x%llx", (unsigned long long)wanted);
	}
	(void)umask(plan_u32(child->plan, E_UMASK,
			     child->plan->kind == PLAN_HOST ? child->context->engine_umask : DEFAULT_UMASK));
}
