/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_builder.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void append(struct plan_builder *builder, const void *data, size_t length)
{
	while (builder->length + length > builder->capacity) {
		builder->capacity = builder->capacity ? 2 * builder->capacity : 1024;
		builder->bytes = realloc(builder->bytes, builder->capacity);
		if (!builder->bytes)
			abort();
	}
	if (length)
		memcpy(builder->bytes + builder->length, data, length);
	builder->length += length;
}

static void append_u32(struct plan_builder *builder, uint32_t value)
{
	append(builder, &value, sizeof value);
}

static void append_string(struct plan_builder *builder, const char *text)
{
	append_u32(builder, (uint32_t)strlen(text));
	append(builder, text, strlen(text) + 1);
}

static void append_strings(struct plan_builder *builder, const char *const *strings)
{
	uint32_t count = 0;

	while (strings[count])
		count++;
	append_u32(builder, count);
	for (uint32_t i = 0; i < count; i++)
		append_string(builder, strings[i]);
}

static struct plan_header *header(const struct plan_builder *builder)
{
	return (struct plan_header *)(void *)builder->bytes;
}

static void begin(struct plan_builder *builder, enum entry_type type)
{
	struct plan_entry entry = {.type = type};

	builder->entry = builder->length;
	append(builder, &entry, sizeof entry);
}

static void end(struct plan_builder *builder)
{
	uint32_t length = (uint32_t)(builder->length - builder->entry - sizeof(struct plan_entry));

	memcpy(builder->bytes + builder->entry + offsetof(struct plan_entry, length), &length, sizeof length);
	while (builder->length % 8)
		append(builder, "", 1);
	header(builder)->count++;
}

void builder_start(struct plan_builder *builder, enum plan_kind kind, uint32_t flags)
{
	struct plan_header first = {.magic = PLAN_MAGIC, .version = PLAN_VERSION, .kind = (uint16_t)kind, .flags = flags};

	*builder = (struct plan_builder){.bytes = NULL};
	append(builder, &first, sizeof first);
}

void builder_free(struct plan_builder *builder)
{
	free(builder->bytes);
	builder->bytes = NULL;
}

void builder_put(struct plan_builder *builder, enum entry_type type, const char *format, ...)
{
	va_list arguments;
	uint64_t number;
	const void *data;

	begin(builder, type);
	va_start(arguments, format);
	for (; *format; format++) {
		switch (*format) {
		case 'u':
		case 'n':
			append_u32(builder, va_arg(arguments, uint32_t));
			break;
		case 'U':
			number = va_arg(arguments, uint64_t);
			append(builder, &number, sizeof number);
			break;
		case 's':
			append_string(builder, va_arg(arguments, const char *));
			break;
		case 'S':
			append_strings(builder, va_arg(arguments, const char *const *));
			break;
		case 'b':
			data = va_arg(arguments, const void *);
			number = va_arg(arguments, size_t);
			append_u32(builder, (uint32_t)number);
			append(builder, data, number);
			break;
		default:
			abort();
		}
	}
	va_end(arguments);
	end(builder);
}

void builder_mount(struct plan_builder *builder, const char *fstype, const char *target, const char *data, uint64_t flags)
{
	builder_put(builder, E_MOUNT, "uuUUUuuussssb", MOUNT_FILESYSTEM, 0, flags, (uint64_t)0, (uint64_t)0, 0, 0, 0755,
		    fstype, target, fstype, data, "", (size_t)0);
}

void builder_bind(struct plan_builder *builder, const char *source, const char *target, uint32_t options, uint64_t flags)
{
	builder_put(builder, E_MOUNT, "uuUUUuuussssb", MOUNT_BIND, options, flags, (uint64_t)0, (uint64_t)0, 0, 0, 0755,
		    source, target, "", "", "", (size_t)0);
}

void builder_content(struct plan_builder *builder, const char *content, const char *target, uint32_t mode)
{
	builder_put(builder, E_MOUNT, "uuUUUuuussssb", MOUNT_CONTENT, 0, (uint64_t)0, (uint64_t)0, (uint64_t)0, 0, 0, mode,
		    "", target, "", "", content, strlen(content));
}

void builder_flags(struct plan_builder *builder, uint32_t flags)
{
	header(builder)->flags |= flags;
}

void builder_finish(struct plan_builder *builder)
{
	header(builder)->length = (uint32_t)builder->length;
}
