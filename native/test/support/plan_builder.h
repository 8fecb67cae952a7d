/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan_builder.h - writes launch plans for the tests, in the layout of plan.h. The real writer is Java's.
 */
#ifndef CAISSON_PLAN_BUILDER_H
#define CAISSON_PLAN_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include "plan.h"

struct plan_builder {
	unsigned char *bytes;
	size_t length, capacity;
	size_t entry; /* offset of the open entry, 0: none */
};

void builder_start(struct plan_builder *builder, enum plan_kind kind, uint32_t flags);
void builder_free(struct plan_builder *builder);

/* One entry by a format: u uint32_t, U uint64_t, s string, b bytes (const void *, size_t), S a list of strings (const char *
 * const *, NULL-terminated), n a list's count (uint32_t; its elements follow). */
void builder_put(struct plan_builder *builder, enum entry_type type, const char *format, ...);

/* E_MOUNT with nothing but the usual. */
void builder_mount(struct plan_builder *builder, const char *fstype, const char *target, const char *data, uint64_t flags);
void builder_bind(struct plan_builder *builder, const char *source, const char *target, uint32_t options, uint64_t flags);
void builder_content(struct plan_builder *builder, const char *content, const char *target, uint32_t mode);

/* Completes the header. */
void builder_finish(struct plan_builder *builder);

/* More flags for the header. */
void builder_flags(struct plan_builder *builder, uint32_t flags);

#endif
