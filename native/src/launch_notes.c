/* SPDX-License-Identifier: Apache-2.0 */
/* What has to be known of a plan after its process has been started: process->kept, and the record on disk. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "descriptor.h"
#include "preparation.h"
#include "record.h"
#include "shim.h"

static const struct {
	enum entry_type entry;
	enum kept_type kept;
} noted[] = {
	{E_ID, KEPT_ID},
	{E_REPORT, KEPT_REPORT},
	{E_REMOVE_CGROUP, KEPT_CGROUP},
	{E_REMOVE_TREE, KEPT_TREE},
	{E_UNMOUNT, KEPT_UNMOUNT},
	{E_REMOVE_LINK, KEPT_LINK},
};

/* What is killed in, unmounted or removed later is named by an absolute path without "..", and is not "/". */
static bool is_safe_path(const char *path)
{
	const char *at = path;

	if (path[0] != '/' || path[1] == '\0')
		return false;
	while ((at = strstr(at, "/..")) != NULL) {
		if (at[3] == '/' || at[3] == '\0')
			return false;
		at += 3;
	}
	return true;
}

static int check_paths(const struct preparation *preparation)
{
	struct plan_cursor cursor = plan_cursor(&preparation->plan, E_REMOVE_CGROUP, E_UNMOUNT);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		const char *path = field_string(&fields);

		if (!is_safe_path(path))
			return failure_set(preparation->failure, PHASE_PLAN, 0,
					   "what is to be removed must be an absolute path without '..': '%s'", path);
	}
	return 0;
}

static int note_entries(struct preparation *preparation)
{
	for (size_t i = 0; i < sizeof(noted) / sizeof(noted[0]); i++) {
		struct plan_cursor cursor = plan_cursor(&preparation->plan, noted[i].entry, noted[i].entry);
		struct plan_fields fields;

		while (plan_next(&cursor, &fields)) {
			const char *text = field_string(&fields);

			if (kept_add(&preparation->process->kept, noted[i].kept, text, strlen(text)) != 0)
				return -1;
		}
	}
	return 0;
}

/* Two entries, the first for stdout, so that a new shim knows which is which. */
static int note_spools(struct preparation *preparation)
{
	const char *paths[2] = {"", ""};
	struct plan_cursor cursor = plan_cursor(&preparation->plan, E_STDIO, E_STDIO);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		uint32_t stream = field_u32(&fields);
		uint32_t kind = field_u32(&fields);

		(void)field_u32(&fields);
		if (kind == STDIO_SPOOL)
			paths[stream - 1] = field_string(&fields);
	}
	if (paths[0][0] == '\0' && paths[1][0] == '\0')
		return 0;
	for (int i = 0; i < 2; i++) {
		if (kept_add(&preparation->process->kept, KEPT_SPOOL, paths[i], strlen(paths[i])) != 0)
			return -1;
	}
	return 0;
}

/* How many E_CGROUP_MKDIR entries must have been carried out for `path` to be of this launch's making; 0 where it does not
 * make it, so that it is the engine's, who wants it removed. */
static uint32_t maker_of(const struct plan *plan, const char *path)
{
	struct plan_cursor cursor = plan_cursor(plan, E_CGROUP_MKDIR, E_CGROUP_MKDIR);
	struct plan_fields fields;

	for (uint32_t number = 1; plan_next(&cursor, &fields); number++) {
		uint32_t may_exist = field_u32(&fields);

		if (strcmp(field_string(&fields), path) == 0)
			return may_exist != 0 ? 0 : number;
	}
	return 0;
}

static int note_makers(struct preparation *preparation)
{
	const struct plan *plan = &preparation->plan;
	struct launch *launch = preparation->process->launch;
	struct plan_cursor cursor = plan_cursor(plan, E_REMOVE_CGROUP, E_REMOVE_CGROUP);
	struct plan_fields fields;
	uint32_t i = 0;

	if (plan->count[E_REMOVE_CGROUP] == 0)
		return 0;
	launch->made_by = calloc(plan->count[E_REMOVE_CGROUP], sizeof(*launch->made_by));
	if (launch->made_by == NULL)
		return -1;
	while (plan_next(&cursor, &fields))
		launch->made_by[i++] = maker_of(plan, field_string(&fields));
	return 0;
}

static int check_sizes(const struct preparation *preparation, size_t blob_length)
{
	const struct plan *plan = &preparation->plan;
	size_t id_length = strlen(plan_string(plan, E_ID, ""));

	if (plan->count[E_REPORT] > FACT_REPORTS_MAX)
		return failure_set(preparation->failure, PHASE_PLAN, 0, "%u report files do not fit into one message, %zu do",
				   plan->count[E_REPORT], FACT_REPORTS_MAX);
	if (sizeof(struct msg_header) + sizeof(struct msg_held) + id_length + blob_length > MSG_MAX)
		return failure_set(preparation->failure, PHASE_PLAN, 0,
				   "the engine's record of %zu bytes with an id of %zu does not fit into one message",
				   blob_length, id_length);
	return 0;
}

int prepare_notes(struct preparation *preparation)
{
	struct process *process = preparation->process;
	const struct plan *plan = &preparation->plan;
	struct plan_bytes blob = {0};
	struct plan_fields fields;

	process->kind = plan->kind;
	process->flags = plan->flags;
	process->target = plan_u64(plan, E_TARGET, 0);
	process->launch->gated = process->shim->mode == MODE_ONE_SHOT && plan_has(plan, E_GATE_FIFO);
	if (plan_find(plan, E_BLOB, &fields))
		blob = field_bytes(&fields);
	if (check_sizes(preparation, blob.length) != 0 || check_paths(preparation) != 0)
		return -1;
	if (note_entries(preparation) != 0 || note_spools(preparation) != 0 || note_makers(preparation) != 0)
		return failure_set(preparation->failure, PHASE_SHIM, errno, "could not take note of the launch plan");
	/* A hook or an exec that leaves nothing behind needs no record: it dies with the shim. */
	if (process->kept.length == 0 && blob.length == 0)
		return 0;
	process->launch->record = record_create(process, blob.data, blob.length);
	if (process->launch->record < 0)
		return failure_set(preparation->failure, PHASE_SHIM, errno, "could not write the record '%s/%s/%016llx'",
				   process->shim->root.path, ROOT_RECORDS, (unsigned long long)process->tag);
	return 0;
}
