/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "safe_path.h"

/* errno stays as it is. */
static bool leads_to(int parent, const char *name, const char *target)
{
	char existing[PATH_MAX];
	int saved = errno;
	ssize_t length = readlinkat(parent, name, existing, sizeof existing);

	errno = saved;
	return length >= 0 && (size_t)length == strlen(target) && memcmp(existing, target, (size_t)length) == 0;
}

static void make_link(struct child *child, const char *target, const char *path)
{
	const char *name;
	int parent = device_open_parent(child, path, &name);

	if (symlinkat(target, parent, name) == 0)
		return;
	if (errno != EEXIST || !leads_to(parent, name, target))
		child_fail(child, errno, "make the link %s -> %s in the root", path, target);
}

void device_link_all(struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_SYMLINK, E_SYMLINK);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		const char *target = field_string(&fields);

		make_link(child, target, field_string(&fields));
	}
}

/* The instance of the container's own devpts, whatever node an image brings along. */
static void link_ptmx(struct child *child)
{
	const char *name;
	int parent = device_open_parent(child, "/dev/ptmx", &name);

	if (unlinkat(parent, name, 0) != 0 && errno != ENOENT)
		child_fail(child, errno, "remove /dev/ptmx from the root");
	make_link(child, "pts/ptmx", "/dev/ptmx");
}

void device_setup(struct child *child)
{
	int core;

	link_ptmx(child);
	make_link(child, "/proc/self/fd", "/dev/fd");
	make_link(child, "/proc/self/fd/0", "/dev/stdin");
	make_link(child, "/proc/self/fd/1", "/dev/stdout");
	make_link(child, "/proc/self/fd/2", "/dev/stderr");
	core = safe_open(child->root, "/proc/kcore", O_PATH);
	if (core < 0)
		return;
	(void)close(core);
	make_link(child, "/proc/kcore", "/dev/core");
}
