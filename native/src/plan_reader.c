/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan_rules.h"
#include "plan_shape.h"

static int wrong_header(const struct plan_header *header, size_t length, char *error, size_t size)
{
	if (header->magic != PLAN_MAGIC)
		snprintf(error, size, "this is no launch plan: its magic number is %08x", header->magic);
	else if (header->version != PLAN_VERSION)
		snprintf(error, size, "the launch plan has version %u, this shim reads version %u", header->version,
			 PLAN_VERSION);
	else if (header->length != length)
		snprintf(error, size, "the launch plan says that it has %u bytes, but has %zu", header->length, length);
	else if (header->kind < PLAN_INIT || header->kind > PLAN_CLEAN)
		snprintf(error, size, "the launch plan has the unknown kind %u", header->kind);
	else
		return 0;
	return -1;
}

static const char *wrong_entry(const struct plan *plan, uint32_t offset, struct plan_entry *entry,
			       unsigned int fd_count)
{
	uint32_t space = plan->length - offset, padded;

	if (space < sizeof *entry)
		return "is cut off";
	memcpy(entry, plan->bytes + offset, sizeof *entry);
	if (entry->length > space - sizeof *entry)
		return "goes beyond the end of the plan";
	if (entry->type >= PLAN_ENTRY_TYPES || !plan_shapes[entry->type].name)
		return "has an unknown type";
	padded = (entry->length + 7) & ~7u;
	if (padded > space - sizeof *entry)
		return "lacks its padding";
	for (uint32_t i = entry->length; i < padded; i++)
		if (plan->bytes[offset + sizeof *entry + i] != 0)
			return "has padding that is not zero";
	if (!(plan_shapes[entry->type].kinds & (1 << plan->kind)))
		return "has no place in this kind of plan";
	if (plan->count[entry->type] > 0 && !plan_shapes[entry->type].repeatable)
		return "stands there twice";
	return plan_shape_check(&plan_shapes[entry->type], plan->bytes + offset + sizeof *entry, entry->length, fd_count);
}

static int read_entries(struct plan *plan, uint32_t count, unsigned int fd_count, char *error, size_t size)
{
	uint32_t offset = sizeof(struct plan_header);

	for (uint32_t i = 0; i < count; i++) {
		struct plan_entry entry = {0, 0};
		const char *wrong = wrong_entry(plan, offset, &entry, fd_count);

		if (!wrong)
			wrong = plan_rule_entry(entry.type,
						(struct plan_fields){plan->bytes + offset + sizeof entry});
		if (wrong) {
			const char *name = entry.type < PLAN_ENTRY_TYPES ? plan_shapes[entry.type].name : NULL;

			snprintf(error, size, "entry %u (type %u, %s) of the launch plan: %s", i, entry.type,
				 name ? name : "unknown", wrong);
			return -1;
		}
		if (plan->count[entry.type]++ == 0)
			plan->first[entry.type] = offset;
		offset += (uint32_t)sizeof entry + ((entry.length + 7) & ~7u);
	}
	if (offset != plan->length) {
		snprintf(error, size, "the launch plan has %u bytes behind its last entry", plan->length - offset);
		return -1;
	}
	return 0;
}

int plan_read(struct plan *plan, const void *bytes, size_t length, unsigned int fd_count, char *error, size_t size)
{
	struct plan_header header;
	const char *wrong;

	memset(plan, 0, sizeof *plan);
	if (length < sizeof header || length > PLAN_MAX) {
		snprintf(error, size, "a launch plan cannot have %zu bytes", length);
		return -1;
	}
	memcpy(&header, bytes, sizeof header);
	if (wrong_header(&header, length, error, size) != 0)
		return -1;
	plan->bytes = bytes;
	plan->length = header.length;
	plan->kind = header.kind;
	plan->flags = header.flags;
	if (read_entries(plan, header.count, fd_count, error, size) != 0)
		return -1;
	wrong = plan_rule_whole(plan);
	if (wrong) {
		snprintf(error, size, "the launch plan contradicts itself: %s", wrong);
		return -1;
	}
	return 0;
}

struct plan_cursor plan_cursor(const struct plan *plan, enum entry_type from, enum entry_type to)
{
	struct plan_cursor cursor = {.plan = plan, .from = from, .to = to, .offset = plan->length};

	for (uint32_t type = from; type <= to; type++) {
		if (plan->count[type] == 0)
			continue;
		cursor.left += plan->count[type];
		if (plan->first[type] < cursor.offset)
			cursor.offset = plan->first[type];
	}
	return cursor;
}

bool plan_next(struct plan_cursor *cursor, struct plan_fields *fields)
{
	struct plan_entry entry;

	if (cursor->left == 0)
		return false;
	do {
		memcpy(&entry, cursor->plan->bytes + cursor->offset, sizeof entry);
		fields->at = cursor->plan->bytes + cursor->offset + sizeof entry;
		cursor->offset += (uint32_t)sizeof entry + ((entry.length + 7) & ~7u);
	} while (entry.type < cursor->from || entry.type > cursor->to);
	cursor->type = entry.type;
	cursor->left--;
	return true;
}

bool plan_find(const struct plan *plan, enum entry_type type, struct plan_fields *fields)
{
	struct plan_cursor cursor = plan_cursor(plan, type, type);

	return plan_next(&cursor, fields);
}

uint32_t field_u32(struct plan_fields *fields)
{
	uint32_t value;

	memcpy(&value, fields->at, sizeof value);
	fields->at += sizeof value;
	return value;
}

int32_t field_i32(struct plan_fields *fields)
{
	return (int32_t)field_u32(fields);
}

uint64_t field_u64(struct plan_fields *fields)
{
	uint64_t value;

	memcpy(&value, fields->at, sizeof value);
	fields->at += sizeof value;
	return value;
}

const char *field_string(struct plan_fields *fields)
{
	uint32_t length = field_u32(fields);
	const char *text = (const char *)fields->at;

	fields->at += (size_t)length + 1;
	return text;
}

struct plan_bytes field_bytes(struct plan_fields *fields)
{
	struct plan_bytes bytes;

	bytes.length = field_u32(fields);
	bytes.data = fields->at;
	fields->at += bytes.length;
	return bytes;
}

uint32_t field_list(struct plan_fields *fields)
{
	return field_u32(fields);
}

char **field_argv(struct plan_fields *fields)
{
	uint32_t count = field_list(fields);
	char **argv = calloc((size_t)count + 1, sizeof *argv);

	for (uint32_t i = 0; argv && i < count; i++)
		argv[i] = (char *)(uintptr_t)field_string(fields);
	return argv;
}

const char *plan_string(const struct plan *plan, enum entry_type type, const char *absent)
{
	struct plan_fields fields;

	return plan_find(plan, type, &fields) ? field_string(&fields) : absent;
}

uint32_t plan_u32(const struct plan *plan, enum entry_type type, uint32_t absent)
{
	struct plan_fields fields;

	return plan_find(plan, type, &fields) ? field_u32(&fields) : absent;
}

uint64_t plan_u64(const struct plan *plan, enum entry_type type, uint64_t absent)
{
	struct plan_fields fields;

	return plan_find(plan, type, &fields) ? field_u64(&fields) : absent;
}

struct plan_mount field_mount(struct plan_fields *fields)
{
	struct plan_mount mount;

	mount.kind = field_u32(fields);
	mount.options = field_u32(fields);
	mount.attr_set = field_u64(fields);
	mount.attr_clear = field_u64(fields);
	mount.propagation = field_u64(fields);
	mount.idmap = field_u32(fields);
	(void)field_u32(fields);
	mount.mode = field_u32(fields);
	mount.source = field_string(fields);
	mount.target = field_string(fields);
	mount.fstype = field_string(fields);
	mount.data = field_string(fields);
	mount.content = field_bytes(fields);
	return mount;
}
