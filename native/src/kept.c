/* SPDX-License-Identifier: Apache-2.0 */
#include "kept.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct entry_header {
	uint32_t type;
	uint32_t length; /* without the NUL that follows */
};

int kept_add(struct kept *kept, enum kept_type type, const void *text, size_t length)
{
	struct entry_header header = {.type = type, .length = (uint32_t)length};
	size_t needed = kept->length + sizeof(header) + length + 1;

	if (length > INT32_MAX) {
		errno = ENOMEM;
		return -1;
	}
	if (needed > kept->capacity) {
		size_t capacity = needed + needed / 2;
		unsigned char *bytes = realloc(kept->bytes, capacity);

		if (bytes == NULL)
			return -1;
		kept->bytes = bytes;
		kept->capacity = capacity;
	}
	memcpy(kept->bytes + kept->length, &header, sizeof(header));
	if (length > 0)
		memcpy(kept->bytes + kept->length + sizeof(header), text, length);
	kept->bytes[needed - 1] = '\0';
	kept->length = needed;
	return 0;
}

/* Reads the entry at *position and steps behind it; false at the end or where the block is broken. */
static bool step(const struct kept *kept, size_t *position, struct kept_entry *entry)
{
	struct entry_header header;
	size_t left = kept->length - *position;

	if (left < sizeof(header) + 1)
		return false;
	memcpy(&header, kept->bytes + *position, sizeof(header));
	if (header.length > left - sizeof(header) - 1)
		return false;
	entry->type = (enum kept_type)header.type;
	entry->length = header.length;
	entry->text = (const char *)kept->bytes + *position + sizeof(header);
	if (entry->text[header.length] != '\0')
		return false;
	*position += sizeof(header) + header.length + 1;
	return true;
}

bool kept_next(const struct kept *kept, enum kept_type type, size_t *position, struct kept_entry *entry)
{
	while (step(kept, position, entry)) {
		if (entry->type == type)
			return true;
	}
	return false;
}

bool kept_valid(const struct kept *kept)
{
	struct kept_entry entry;
	size_t position = 0;

	while (step(kept, &position, &entry))
		continue;
	return position == kept->length;
}

const char *kept_text(const struct kept *kept, enum kept_type type)
{
	struct kept_entry entry;
	size_t position = 0;

	return kept_next(kept, type, &position, &entry) ? entry.text : NULL;
}

void kept_drop(struct kept *kept, enum kept_type type, bool (*drop)(uint32_t number, const void *context),
	       const void *context)
{
	struct kept_entry entry;
	size_t position = 0;
	uint32_t number = 0;

	for (size_t start = 0; step(kept, &position, &entry); start = position) {
		if (entry.type != type || !drop(number++, context))
			continue;
		memmove(kept->bytes + start, kept->bytes + position, kept->length - position);
		kept->length -= position - start;
		position = start;
	}
}

void kept_free(struct kept *kept)
{
	free(kept->bytes);
	*kept = (struct kept){0};
}
