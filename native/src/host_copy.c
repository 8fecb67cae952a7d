/* SPDX-License-Identifier: Apache-2.0 */
#include "host_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "deferred.h"
#include "detached.h"
#include "filesystem.h"
#include "overlay.h"
#include "safe_path.h"

/* The flags of a host's mount that its copy must have, too; statfs(2) names them with the values of mount(2). */
#define INHERITED_FLAGS (ST_NOSUID | ST_NODEV | ST_NOEXEC)
#define OVERFLOW_ID 65534 /* the default of /proc/sys/kernel/overflowuid: a user whom the namespace does not have */

static int make_directory(const struct child *child, int scratch, unsigned int number, const char *kind)
{
	char path[32];
	int fd;

	snprintf(path, sizeof path, "%s%u", kind, number);
	if (mkdirat(scratch, path, 0755) != 0)
		child_fail(child, errno, "make the directory %s of the writable layer", path);
	fd = openat(scratch, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		child_fail(child, errno, "open the directory %s of the writable layer", path);
	return fd;
}

/* What belongs to a user that our namespace does not have can't be given to that one: it is root's. */
static uid_t owner_here(const struct child *child, uid_t owner)
{
	return child->shared_rights && owner == OVERFLOW_ID ? 0 : owner;
}

/* The root of an overlay shows the owner and the mode of its upper directory. */
static void copy_owner(const struct child *child, int lower, int upper, const char *path)
{
	struct stat status;

	if (fstat(lower, &status) != 0 ||
	    fchown(upper, owner_here(child, status.st_uid), owner_here(child, status.st_gid)) != 0 ||
	    fchmod(upper, status.st_mode & 07777) != 0)
		child_fail(child, errno, "give the copy of %s the owner and mode of the original", path);
}

static int mount_copy(struct child *child, int scratch, unsigned int number, const char *path)
{
	int lower = overlay_open_lower(child, path);
	struct overlay overlay = {.lowers = &lower, .lower_count = 1, .scratch = scratch, .options = ""};
	struct statfs filesystem;
	int mount;

	if (fstatfs(lower, &filesystem) != 0)
		child_fail(child, errno, "read the mount flags of %s", path);
	overlay.flags = (uint64_t)filesystem.f_flags & INHERITED_FLAGS;
	overlay.upper = make_directory(child, scratch, number, "upper");
	overlay.work = make_directory(child, scratch, number, "work");
	copy_owner(child, lower, overlay.upper, path);
	mount = overlay_mount(child, &overlay);
	if (mount < 0)
		child_fail(child, errno, "mount a copy-on-write view of the host's %s", path);
	(void)close(lower);
	(void)close(overlay.upper);
	(void)close(overlay.work);
	return mount;
}

/* The copy of something that the host has mounted below /. */
static void add_copy(struct child *child, int scratch, unsigned int number, const char *path, int root)
{
	unsigned int stacked = child->stacked;
	int mount = mount_copy(child, scratch, number, path);
	int target = plan_has(child->plan, E_ROOT_BARE) ? safe_make_directory(root, path, 0755)
						       : safe_open_plain(root, path, O_PATH | O_DIRECTORY);

	if (target < 0 || detached_attach(mount, target) != 0)
		child_fail(child, errno, "put the view of %s in its place", path);
	(void)close(target);
	/* A layer that had to be stacked now lies on the container's root. */
	while (child->stacked > stacked)
		if (detached_unstack(child) != 0)
			child_fail(child, errno, "take a layer of the view of %s away", path);
	if (child->plan->flags & PLAN_ROOT_READONLY)
		deferred_add(child, mount);
	else
		(void)close(mount);
}

static void copy_link(const struct child *child, int root, const char *path)
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof target - 1);

	if (length < 0)
		child_fail(child, errno, "read the link %s", path);
	target[length] = '\0';
	if (symlinkat(target, root, path + 1) != 0)
		child_fail(child, errno, "make the link %s as the host has it", path);
}

/* One place that is not a layer, as it is on the host. Nobody but us has the root yet: its paths can be trusted. */
static void make_bare(const struct child *child, int root, const char *path)
{
	const char *name = path[1] ? path + 1 : ".";
	struct stat status;

	if (lstat(path, &status) != 0)
		child_fail(child, errno, "look at the host's %s", path);
	if (S_ISLNK(status.st_mode)) {
		copy_link(child, root, path);
		return;
	}
	if ((path[1] && mkdirat(root, name, 0700) != 0) || fchmodat(root, name, status.st_mode & 07777, 0) != 0)
		child_fail(child, errno, "make the directory %s as the host has it", path);
}

/* In a user namespace that was not ours when the host mounted it, nothing with mounts below it can be a layer: what they
 * hide would show (mount_namespaces(7)). The root almost always is such. */
static int make_bare_root(struct child *child, int scratch)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_ROOT_BARE, E_ROOT_BARE);
	struct plan_fields fields;
	int directory = make_directory(child, scratch, 0, "root"), root;

	while (plan_next(&cursor, &fields))
		make_bare(child, directory, field_string(&fields));
	(void)close(directory);
	root = detached_clone_from(child, scratch, "root0");
	if (root < 0 || detached_place(root) != 0)
		child_fail(child, errno, "make the root of the view of the host");
	return root;
}

int host_copy_make(struct child *child)
{
	struct plan_fields fields;
	int scratch, root;

	(void)plan_find(child->plan, E_ROOT_HOST_COPY, &fields);
	scratch = filesystem_make(child, "tmpfs", "tmpfs", field_string(&fields), 0, "the writable layer");
	detached_keep(child, scratch);
	root = plan_has(child->plan, E_ROOT_BARE) ? make_bare_root(child, scratch) : mount_copy(child, scratch, 0, "/");
	for (uint32_t i = 1, count = field_list(&fields); i <= count; i++)
		add_copy(child, scratch, i, field_string(&fields), root);
	return root;
}
