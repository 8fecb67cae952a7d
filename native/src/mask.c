/* SPDX-License-Identifier: Apache-2.0 */
#include "mask.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "detached.h"
#include "filesystem.h"
#include "safe_path.h"

#define NULL_MAJOR 1
#define NULL_MINOR 3

/* What hides a file is the host's /dev/null, and really that: the container's own could be anything (CVE-2025-31133). */
static int open_null(const struct child *child)
{
	int fd = open("/dev/null", O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat status;

	if (fd < 0 || fstat(fd, &status) != 0)
		child_fail(child, errno, "open the host's /dev/null");
	if (!S_ISCHR(status.st_mode) || status.st_rdev != makedev(NULL_MAJOR, NULL_MINOR))
		child_fail(child, 0, "open the host's /dev/null: it is not the null device");
	return fd;
}

/* The paths that are hidden come in two kinds; each kind has one source, made when it is needed first. */
struct covers {
	int file, directory;
};

static int cover_directory(struct child *child, struct covers *covers, const char *path)
{
	int cover;

	if (covers->directory < 0) {
		covers->directory = filesystem_make(child, "tmpfs", "tmpfs", "mode=755,size=4k", MS_RDONLY, path);
		return covers->directory;
	}
	/* The first one is attached by now: its filesystem, which is empty and read-only, will do for all. */
	cover = detached_clone(covers->directory, "", false, false);
	if (cover < 0)
		child_fail(child, errno, "copy the empty directory that hides %s", path);
	return cover;
}

static int cover_file(const struct child *child, struct covers *covers, const char *path)
{
	int cover;

	if (covers->file < 0)
		covers->file = open_null(child);
	cover = detached_clone(covers->file, "", false, false);
	if (cover < 0)
		child_fail(child, errno, "copy the null device that hides %s", path);
	return cover;
}

static void hide(struct child *child, struct covers *covers, const char *path)
{
	int target = safe_open(child->root, path, O_PATH), cover;
	struct stat status;

	if (target < 0 && errno == ENOENT)
		return;
	if (target < 0 || fstat(target, &status) != 0)
		child_fail(child, errno, "look at %s, which is to be hidden", path);
	cover = S_ISDIR(status.st_mode) ? cover_directory(child, covers, path) : cover_file(child, covers, path);
	if (detached_attach(cover, target) != 0)
		child_fail(child, errno, "hide %s", path);
	(void)close(target);
	if (cover != covers->directory)
		(void)close(cover);
}

void mask_hide(struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_MASK, E_MASK);
	struct covers covers = {-1, -1};
	struct plan_fields fields;

	while (plan_next(&cursor, &fields))
		hide(child, &covers, field_string(&fields));
}

void mask_protect(const struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_READONLY, E_READONLY);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		const char *path = field_string(&fields);
		int target = safe_open(child->root, path, O_PATH), copy;

		if (target < 0 && errno == ENOENT)
			continue;
		copy = target < 0 ? -1 : detached_clone(target, "", true, false);
		if (copy < 0 || detached_set(copy, MS_RDONLY, 0, 0, true) != 0 || detached_attach(copy, target) != 0)
			child_fail(child, errno, "make %s read-only", path);
		(void)close(copy);
		(void)close(target);
	}
}
