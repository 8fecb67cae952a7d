/* SPDX-License-Identifier: Apache-2.0 */
#include "mount.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "deferred.h"
#include "detached.h"
#include "filesystem.h"
#include "safe_path.h"
#include "sources.h"

#define FILE_MODE_BITS 0666

/* What tells processes about the system must be where they look for it: a link would put it elsewhere (CVE-2019-19921). */
static bool needs_plain_path(const struct plan_mount *mount)
{
	return mount->kind == MOUNT_FILESYSTEM &&
	       (strcmp(mount->fstype, "proc") == 0 || strcmp(mount->fstype, "sysfs") == 0);
}

static bool is_root(const struct child *child, int target)
{
	struct stat root, status;

	return fstat(child->root, &root) == 0 && fstat(target, &status) == 0 && root.st_dev == status.st_dev &&
	       root.st_ino == status.st_ino;
}

static int open_target(const struct child *child, const struct plan_mount *mount, bool file)
{
	int target = -1;

	if (needs_plain_path(mount)) {
		target = safe_open_plain(child->root, mount->target, O_PATH | O_DIRECTORY);
		if (target < 0 && errno != ENOENT)
			child_fail(child, errno, "mount %s at %s, which must be a directory without links in its path",
				   mount->fstype, mount->target);
	}
	if (target < 0)
		target = file ? safe_make_file(child->root, mount->target, mount->mode & FILE_MODE_BITS)
			      : safe_make_directory(child->root, mount->target, mount->mode);
	if (target < 0)
		child_fail(child, errno, "open or make the mount point %s in the root", mount->target);
	if (is_root(child, target))
		child_fail(child, EINVAL, "mount %s at %s, which is the container's root itself", mount->source,
			   mount->target);
	return target;
}

static bool is_late(const struct plan_mount *mount)
{
	return (mount->attr_set & MS_RDONLY) &&
	       (mount->kind == MOUNT_CGROUP || (mount->kind == MOUNT_FILESYSTEM && strcmp(mount->fstype, "tmpfs") == 0));
}

/* Where our whole namespace shares its mounts with the host's a bind does so only if it is asked to. */
static uint64_t propagation(const struct child *child, const struct plan_mount *mount)
{
	bool shared = plan_u64(child->plan, E_ROOT_PROPAGATION, 0) & MS_SHARED;

	return mount->propagation || !shared ? mount->propagation : MS_REC | MS_SLAVE;
}

static _Noreturn void fail_attach(const struct child *child, const struct plan_mount *mount, int target, bool file)
{
	const char *what = *mount->source ? mount->source : mount->fstype;
	int error = errno;
	struct stat status;

	if (fstat(target, &status) == 0 && S_ISDIR(status.st_mode) == file)
		child_fail(child, ENOTDIR, "mount %s at %s: one of them is a directory, the other is not", what, mount->target);
	child_fail(child, error, "mount %s at %s", what, mount->target);
}

uint64_t mount_early_flags(const struct plan_mount *mount)
{
	return is_late(mount) ? mount->attr_set & ~(uint64_t)MS_RDONLY : mount->attr_set;
}

void mount_place(struct child *child, const struct plan_mount *mount, int detached, uint64_t flags, bool file)
{
	int target = open_target(child, mount, file);

	if (detached_set(detached, flags, mount->attr_clear, propagation(child, mount),
			 mount->options & MOUNT_ATTR_RECURSIVE) != 0)
		child_fail(child, errno, "set the flags of the mount at %s", mount->target);
	if (detached_attach(detached, target) != 0)
		fail_attach(child, mount, target, file);
	(void)close(target);
	if (is_late(mount))
		deferred_add(child, detached);
	else
		(void)close(detached);
}

static void mount_filesystem(struct child *child, const struct plan_mount *mount)
{
	int made = filesystem_make(child, mount->fstype, mount->source, mount->data, mount_early_flags(mount), mount->target);

	if (mount->options & MOUNT_COPY_UP)
		mount_copy_up(child, mount, made);
	mount_place(child, mount, made, 0, false);
}

static void mount_bind(struct child *child, const struct plan_mount *mount, int source)
{
	struct stat status;

	if (source < 0)
		return;
	if (fstat(source, &status) != 0)
		child_fail(child, errno, "look at %s, which is to be mounted at %s", mount->source, mount->target);
	mount_place(child, mount, source, mount->attr_set, !S_ISDIR(status.st_mode));
}

static void change_attributes(const struct child *child, const struct plan_mount *mount)
{
	int target = safe_open(child->root, mount->target, O_PATH);

	if (target < 0 || detached_set(target, mount->attr_set, mount->attr_clear, mount->propagation,
				       mount->options & MOUNT_ATTR_RECURSIVE) != 0)
		child_fail(child, errno, "set the flags of what is mounted at %s", mount->target);
	(void)close(target);
}

void mount_all(struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_MOUNT, E_MOUNT);
	struct plan_fields fields;

	for (unsigned int number = 0; plan_next(&cursor, &fields); number++) {
		struct plan_mount mount = field_mount(&fields);

		switch (mount.kind) {
		case MOUNT_FILESYSTEM:
			mount_filesystem(child, &mount);
			break;
		case MOUNT_BIND:
			mount_bind(child, &mount, child->sources[number]);
			break;
		case MOUNT_CGROUP:
			mount_cgroup(child, &mount);
			break;
		case MOUNT_CONTENT:
			mount_content(child, &mount, number);
			break;
		case MOUNT_ATTRIBUTES:
			change_attributes(child, &mount);
			break;
		}
	}
}
