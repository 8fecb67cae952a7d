/* SPDX-License-Identifier: Apache-2.0 */
#include "detached.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>

#include "mount_flags.h"
#include "syscalls.h"

int detached_clone(int directory, const char *path, bool recursive, bool follow)
{
	return sys_open_tree(directory, path,
			     OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0u) |
				     (follow ? 0u : AT_SYMLINK_NOFOLLOW));
}

int detached_clone_from(struct child *child, int mount, const char *path)
{
	int clone = detached_clone(mount, path, false, false);

	if (clone >= 0 || errno != EINVAL || detached_stack(child, mount) != 0)
		return clone;
	return detached_clone(mount, path, false, false);
}

int detached_set(int mount, uint64_t set, uint64_t clear, uint64_t propagation, bool recursive)
{
	struct mount_attr attributes = {.attr_set = mount_flags_attributes(set)};

	attributes.attr_clr = mount_flags_cleared(set, clear);
	if (attributes.attr_set | attributes.attr_clr &&
	    sys_mount_setattr(mount, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0u), &attributes) != 0)
		return -1;
	if (!propagation)
		return 0;
	attributes = (struct mount_attr){.propagation = propagation & ~(uint64_t)MS_REC};
	return sys_mount_setattr(mount, "", AT_EMPTY_PATH | (propagation & MS_REC ? AT_RECURSIVE : 0u), &attributes);
}

int detached_map_ids(int mount, int user_namespace, bool recursive)
{
	struct mount_attr attributes = {.attr_set = MOUNT_ATTR_IDMAP, .userns_fd = (uint64_t)user_namespace};

	return sys_mount_setattr(mount, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0u), &attributes);
}

int detached_attach(int mount, int target)
{
	return sys_move_mount(mount, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
}

void detached_keep(struct child *child, int mount)
{
	child->loose[child->loose_count++] = mount;
}

static void forget(struct child *child, int mount)
{
	for (unsigned int i = 0; i < child->loose_count; i++)
		if (child->loose[i] == mount)
			child->loose[i] = -1;
}

int detached_place(int mount)
{
	return sys_move_mount(mount, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH);
}

int detached_stack(struct child *child, int mount)
{
	if (detached_place(mount) != 0)
		return -1;
	forget(child, mount);
	child->stacked++;
	return 0;
}

int detached_unstack(struct child *child)
{
	if (umount2("/..", MNT_DETACH) != 0)
		return -1;
	child->stacked--;
	return 0;
}

int detached_top(void)
{
	return open("/..", O_PATH | O_DIRECTORY | O_CLOEXEC);
}
