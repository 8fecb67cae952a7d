/* SPDX-License-Identifier: Apache-2.0 */
#include "overlay.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "detached.h"
#include "filesystem.h"

#define OPTIONS_SIZE 4096 /* mount(2) takes one page */

static bool is_mapped(const struct child *child)
{
	return child->user_namespace >= 0 && (child->plan->flags & PLAN_ROOT_IDMAP);
}

int overlay_open_lower(const struct child *child, const char *path)
{
	bool mapped = is_mapped(child);
	int lower = mapped ? detached_clone(AT_FDCWD, path, false, true) : open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (lower < 0)
		child_fail(child, errno, "open the layer %s", path);
	if (mapped && detached_map_ids(lower, child->user_namespace, false) != 0)
		child_fail(child, errno, "show the layer %s with the ids of the container", path);
	return lower;
}

struct text {
	char bytes[OPTIONS_SIZE];
	size_t length;
};

static __attribute__((format(printf, 2, 3))) void add(struct text *text, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(text->bytes + text->length, sizeof text->bytes - text->length, format, arguments);
	va_end(arguments);
	text->length = length < 0 || text->length + (size_t)length >= sizeof text->bytes ? sizeof text->bytes - 1
											  : text->length + (size_t)length;
}

static int try_mount(const struct child *child, const struct overlay *overlay)
{
	struct text text = {.length = 0};

	/* Layers are named by descriptor: short, free of colons and commas, and resolved no second time. */
	for (unsigned int i = 0; i < overlay->lower_count; i++)
		add(&text, "%s/proc/self/fd/%d", i ? ":" : "lowerdir=", overlay->lowers[i]);
	if (overlay->upper >= 0)
		add(&text, ",upperdir=/proc/self/fd/%d,workdir=/proc/self/fd/%d", overlay->upper, overlay->work);
	/* trusted.* attributes are the initial user namespace's alone. */
	if (child->shared_rights)
		add(&text, ",userxattr");
	if (overlay->options[0])
		add(&text, ",%s", overlay->options);
	if (text.length == sizeof text.bytes - 1) {
		errno = E2BIG;
		return -1;
	}
	return filesystem_mount("overlay", "overlay", text.bytes, overlay->flags);
}

/* Before Linux 6.15 the layers of an overlay must be attached somewhere. */
static bool stack_layers(struct child *child, const struct overlay *overlay)
{
	bool stacked = false;

	for (unsigned int i = 0; i < overlay->lower_count && is_mapped(child); i++)
		stacked |= detached_stack(child, overlay->lowers[i]) == 0;
	/* EINVAL: another overlay had it stacked already. */
	return (overlay->scratch >= 0 && detached_stack(child, overlay->scratch) == 0) || stacked;
}

int overlay_mount(struct child *child, const struct overlay *overlay)
{
	int mount = try_mount(child, overlay);

	if (mount < 0 && errno == EINVAL) {
		if (stack_layers(child, overlay))
			return try_mount(child, overlay);
		errno = EINVAL;
	}
	return mount;
}
