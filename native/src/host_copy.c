/* SPDX-License-Identifier: Apache-2.0 */
#include "host_copy.h"

#include <errno.h>
#include <fcntl.h>
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

/* The root of an overlay shows the owner and the mode of its upper directory. */
static void copy_owner(const struct child *child, int lower, int upper, const char *path)
{
	struct stat status;

	if (fstat(lower, &status) != 0 || fchown(upper, status.st_uid, status.st_gid) != 0 ||
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
	int target = safe_open_plain(root, path, O_PATH | O_DIRECTORY);

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

int host_copy_make(struct child *child)
{
	struct plan_fields fields;
	int scratch, root;

	(void)plan_find(child->plan, E_ROOT_HOST_COPY, &fields);
	scratch = filesystem_make(child, "tmpfs", "tmpfs", field_string(&fields), 0, "the writable layer");
	detached_keep(child, scratch);
	root = mount_copy(child, scratch, 0, "/");
	for (uint32_t i = 1, count = field_list(&fields); i <= count; i++)
		add_copy(child, scratch, i, field_string(&fields), root);
	return root;
}
