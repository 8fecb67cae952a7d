/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int make_directory(struct plan_fields *fields, char *what, size_t size)
{
	uint32_t may_exist = field_u32(fields);
	const char *path = field_string(fields);

	if (mkdir(path, 0755) == 0 || (may_exist && errno == EEXIST))
		return 0;
	snprintf(what, size, "make cgroup %s", path);
	return -1;
}

static int write_whole(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t written;
	int saved;

	if (fd < 0)
		return -1;
	written = write(fd, value, strlen(value));
	saved = errno;
	(void)close(fd);
	errno = written < 0 ? saved : EIO;
	return written >= 0 && (size_t)written == strlen(value) ? 0 : -1;
}

static int write_value(struct plan_fields *fields, char *what, size_t size)
{
	const char *path = field_string(fields), *value = field_string(fields);

	if (write_whole(path, value) == 0)
		return 0;
	snprintf(what, size, "write %.200s to %s", value, path);
	return -1;
}

static int attach_devices(struct plan_fields *fields, char *what, size_t size)
{
	const char *directory = field_string(fields);

	if (cgroup_devices_attach(directory, field_bytes(fields)) == 0)
		return 0;
	snprintf(what, size, "attach the program with the device rules to %s", directory);
	return -1;
}

/* Files that a hierarchy of this version, or this kernel, does not have are skipped. */
static int give(struct plan_fields *fields, char *what, size_t size)
{
	static const char *const files[] = {"", "/cgroup.procs", "/cgroup.threads", "/cgroup.subtree_control", "/tasks"};
	const char *directory = field_string(fields);
	uint32_t uid = field_u32(fields), gid = field_u32(fields);
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s%s", directory, files[i]);
		if (chown(path, uid, gid) != 0 && errno != ENOENT) {
			snprintf(what, size, "give %s to %u:%u", path, uid, gid);
			return -1;
		}
	}
	return 0;
}

static bool is_at_or_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	return strncmp(path, directory, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* A copy of the fields is read: they are still to be carried out. */
static bool belongs_to(const char *into, uint32_t type, struct plan_fields fields)
{
	if (type == E_CGROUP_JOIN || type == E_CGROUP_INTO)
		return true;
	if (type == E_CGROUP_MKDIR)
		(void)field_u32(&fields);
	return into != NULL && is_at_or_below(field_string(&fields), into);
}

int cgroup_prepare(const struct plan *plan, enum cgroup_part part, volatile struct launch_progress *progress, char *what,
		   size_t size)
{
	const char *into = plan_string(plan, E_CGROUP_INTO, NULL);
	struct plan_cursor cursor = plan_cursor(plan, E_CGROUP_MKDIR, E_CGROUP_GIVE);
	struct plan_fields fields;
	bool before = true;

	while (plan_next(&cursor, &fields)) {
		int result = 0;

		before = before && belongs_to(into, cursor.type, fields);
		if (part == CGROUP_BEFORE_CLONE && !before)
			return 0;
		if (part == CGROUP_AFTER_CLONE && before)
			continue;
		if (cursor.type == E_CGROUP_MKDIR)
			result = make_directory(&fields, what, size);
		else if (cursor.type == E_CGROUP_WRITE)
			result = write_value(&fields, what, size);
		else if (cursor.type == E_CGROUP_DEVICES)
			result = attach_devices(&fields, what, size);
		else if (cursor.type == E_CGROUP_GIVE)
			result = give(&fields, what, size);
		if (result != 0)
			return -1;
		if (cursor.type == E_CGROUP_MKDIR)
			progress->cgroups_made++;
	}
	return 0;
}

void cgroup_make(struct child *child)
{
	volatile struct launch_progress *progress = child->context->progress;
	char what[1024];

	while (child->context->cgroups_late && progress->cgroups_ready == 0)
		(void)syscall(SYS_futex, &progress->cgroups_ready, FUTEX_WAIT, 0, NULL, NULL, 0);
	if (!(child->plan->flags & PLAN_CGROUP_IN_PARENT) &&
	    cgroup_prepare(child->plan, CGROUP_ALL, progress, what, sizeof what) != 0)
		child_fail(child, errno, "%s", what);
}

void cgroup_join(struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_CGROUP_JOIN, E_CGROUP_JOIN);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		const char *path = field_string(&fields);

		if (write_whole(path, "0") != 0)
			child_fail(child, errno, "join the cgroup by %s", path);
	}
}
