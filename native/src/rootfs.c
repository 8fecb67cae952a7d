/* SPDX-License-Identifier: Apache-2.0 */
#include "rootfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "detached.h"
#include "filesystem.h"
#include "host_copy.h"
#include "overlay.h"
#include "syscalls.h"

void rootfs_propagation(const struct child *child)
{
	uint64_t flags = plan_u64(child->plan, E_ROOT_PROPAGATION, MS_REC | MS_SLAVE);

	if (mount(NULL, "/", NULL, (unsigned long)flags, NULL) != 0)
		child_fail(child, errno, "set the propagation of / to 0x%llx", (unsigned long long)flags);
	/* Our own mounts go on top of /; they must never show up on the host, whatever its other mounts share. */
	if ((flags & MS_SHARED) && mount(NULL, "/", NULL, MS_PRIVATE, NULL) != 0)
		child_fail(child, errno, "make / private");
}

static int stack(struct child *child, int root, const char *what)
{
	struct stat status;

	if (fstat(root, &status) != 0 || !S_ISDIR(status.st_mode))
		child_fail(child, ENOTDIR, "use %s as the root", what);
	if (detached_place(root) != 0)
		child_fail(child, errno, "attach %s as the root", what);
	return root;
}

/* Mounts below the root that are to be read-only have nothing made in them: they are so at once. The root itself waits
 * (deferred.h), unless it was read-only before. */
static void close_below(const struct child *child, int root, const char *path)
{
	struct statfs before;

	if (fstatfs(root, &before) != 0 || detached_set(root, MS_RDONLY, 0, 0, true) != 0 ||
	    (!(before.f_flags & ST_RDONLY) && detached_set(root, 0, MS_RDONLY, 0, false) != 0))
		child_fail(child, errno, "make the mounts below %s read-only", path);
}

static int bind_root(struct child *child)
{
	const char *path = plan_string(child->plan, E_ROOT_BIND, "");
	int root = detached_clone(AT_FDCWD, path, true, true);

	if (root < 0)
		child_fail(child, errno, "use the directory %s as the root", path);
	if (child->user_namespace >= 0 && (child->plan->flags & PLAN_ROOT_IDMAP) &&
	    detached_map_ids(root, child->user_namespace, true) != 0)
		child_fail(child, errno, "show %s with the ids of the container", path);
	/* What is mounted in the container stays there even if the host's mount of the directory is shared with us. */
	if (detached_set(root, 0, 0, MS_REC | MS_SLAVE, false) != 0)
		child_fail(child, errno, "cut %s off the host's mounts", path);
	if (child->plan->flags & PLAN_ROOT_READONLY)
		close_below(child, root, path);
	return stack(child, root, path);
}

static int open_layer(const struct child *child, const char *path)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		child_fail(child, errno, "open the writable layer %s", path);
	return fd;
}

static int overlay_root(struct child *child)
{
	struct plan_fields fields;
	int root;

	(void)plan_find(child->plan, E_ROOT_OVERLAY, &fields);
	uint32_t count = field_list(&fields);
	int *lowers = child_allocate(child, count, sizeof *lowers);
	for (uint32_t i = 0; i < count; i++)
		lowers[i] = overlay_open_lower(child, field_string(&fields));
	const char *upper = field_string(&fields), *work = field_string(&fields);
	struct overlay overlay = {
		.lowers = lowers,
		.lower_count = count,
		.upper = *upper ? open_layer(child, upper) : -1,
		.work = *upper ? open_layer(child, work) : -1,
		.scratch = -1,
		.options = field_string(&fields),
	};
	root = overlay_mount(child, &overlay);
	if (root < 0)
		child_fail(child, errno, "mount the overlay of %u layers%s%s", count, *upper ? " and " : "", upper);
	for (uint32_t i = 0; i < count; i++)
		(void)close(lowers[i]);
	if (*upper) {
		(void)close(overlay.upper);
		(void)close(overlay.work);
	}
	free(lowers);
	return root;
}

void rootfs_make(struct child *child)
{
	if (child->root_tree >= 0)
		child->root = stack(child, child->root_tree, "what was made outside of the user namespace");
	else if (plan_has(child->plan, E_ROOT_BIND))
		child->root = bind_root(child);
	else if (plan_has(child->plan, E_ROOT_OVERLAY))
		child->root = overlay_root(child);
	else
		child->root = host_copy_make(child);
}

void rootfs_detach(struct child *child)
{
	child->root_tree = detached_clone(child->root, "", true, true);
	if (child->root_tree < 0)
		child_fail(child, errno, "take the root along into the user namespace");
}

/* What a user namespace got together with its mount namespace can't be taken away (EINVAL), but what is covered does not
 * count as a full view either. */
static bool cover(const struct child *child, const char *path)
{
	int error = errno, target, tmpfs;

	if (!child->shared_rights || error != EINVAL)
		return false;
	target = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	tmpfs = target < 0 ? -1 : filesystem_mount("tmpfs", "tmpfs", "size=4k", MS_RDONLY);
	if (tmpfs < 0 || detached_attach(tmpfs, target) != 0)
		child_fail(child, errno, "cover the host's %s", path);
	(void)close(tmpfs);
	(void)close(target);
	return true;
}

/* Without pivot_root(2) the new root lies on / already, and the host's root stays below it. Its full views of the kernel go,
 * or a process that makes itself a user namespace could mount them anew. */
static void change_root(const struct child *child)
{
	if (umount2("/proc", MNT_DETACH) != 0 && !cover(child, "/proc"))
		child_fail(child, errno, "detach the host's /proc");
	if (umount2("/sys", MNT_DETACH) != 0 && !cover(child, "/sys") && errno != EINVAL && errno != ENOENT)
		child_fail(child, errno, "detach the host's /sys");
	if (chroot(".") != 0)
		child_fail(child, errno, "chroot into the new root");
}

/* Of what is still shared with the host an unmount would happen there, too. */
static void cut_off(const struct child *child, int host)
{
	struct mount_attr attributes = {.propagation = MS_SLAVE};

	if ((plan_u64(child->plan, E_ROOT_PROPAGATION, 0) & MS_SHARED) &&
	    sys_mount_setattr(host, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes) != 0)
		child_fail(child, errno, "cut our view of the host's mounts off");
}

static void pivot(const struct child *child)
{
	int host = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (host < 0)
		child_fail(child, errno, "open the host's root");
	if (sys_pivot_root(".", ".") != 0)
		child_fail(child, errno, "pivot_root (where the host's / is an initial ramdisk the root has to be "
					 "changed without it)");
	cut_off(child, host);
	(void)close(host);
	/* With the same directory twice the host's root now lies on top of the new one, where "." leads for umount2(2). */
	for (unsigned int i = 0; i <= child->stacked; i++)
		if (umount2(".", MNT_DETACH) != 0)
			child_fail(child, errno, "detach the host's root");
}

void rootfs_pivot(struct child *child)
{
	uint64_t propagation = plan_u64(child->plan, E_ROOT_FINAL_PROPAGATION, 0);

	/* Closing a mount that is attached nowhere takes a grace period of its own: it goes with the host's mounts. */
	for (unsigned int i = 0; i < child->loose_count; i++)
		if (child->loose[i] >= 0 &&
		    sys_move_mount(child->loose[i], "", AT_FDCWD, "/proc", MOVE_MOUNT_F_EMPTY_PATH) != 0)
			child_fail(child, errno, "put a mount that served its turn away");
	if (fchdir(child->root) != 0)
		child_fail(child, errno, "enter the new root");
	if (child->plan->flags & PLAN_NO_PIVOT)
		change_root(child);
	else
		pivot(child);
	if (chdir("/") != 0)
		child_fail(child, errno, "enter the new root");
	if (propagation && mount(NULL, "/", NULL, (unsigned long)propagation, NULL) != 0)
		child_fail(child, errno, "set the propagation of the container's / to 0x%llx",
			   (unsigned long long)propagation);
}
