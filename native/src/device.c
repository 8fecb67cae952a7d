/* SPDX-License-Identifier: Apache-2.0 */
#include "device.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "detached.h"
#include "safe_path.h"

#define PARENT_MODE 0755

struct device {
	const char *path;
	mode_t type;
	dev_t number;
	mode_t mode;
	uid_t uid;
	gid_t gid;
};

int device_open_parent(struct child *child, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	size_t length = (size_t)(slash - path);
	char parent[PATH_MAX];

	*name = slash + 1;
	if (!**name || strcmp(*name, ".") == 0 || strcmp(*name, "..") == 0)
		child_fail(child, EINVAL, "make %s: that names no file", path);
	/* Nearly all are in /dev. */
	if (child->last_parent >= 0 && child->last_parent_length == length &&
	    memcmp(child->last_parent_path, path, length) == 0)
		return child->last_parent;
	if (length >= sizeof parent)
		child_fail(child, ENAMETOOLONG, "make %s", path);
	memcpy(parent, path, length);
	parent[length] = '\0';
	if (child->last_parent >= 0)
		(void)close(child->last_parent);
	child->last_parent = safe_make_directory(child->root, parent, PARENT_MODE);
	if (child->last_parent < 0)
		child_fail(child, errno, "open or make the directory of %s in the root", path);
	child->last_parent_path = path;
	child->last_parent_length = length;
	return child->last_parent;
}

static struct device read_device(struct plan_fields *fields)
{
	struct device device = {.path = field_string(fields)};
	uint32_t type = field_u32(fields), major = field_u32(fields), minor = field_u32(fields);

	device.type = type == 'b' ? S_IFBLK : type == 'p' ? S_IFIFO : S_IFCHR;
	/* Some C libraries' makedev is a macro that evaluates its arguments twice: variables only. */
	device.number = type == 'p' ? 0 : makedev(major, minor);
	device.mode = field_u32(fields) & 07777;
	device.uid = field_u32(fields);
	device.gid = field_u32(fields);
	return device;
}

static bool is_device(int fd, const struct device *device)
{
	struct stat status;

	return fstat(fd, &status) == 0 && (status.st_mode & S_IFMT) == device->type &&
	       (device->type == S_IFIFO || status.st_rdev == device->number);
}

/* A user namespace has no right to make nodes: the host's node is shown instead, if it is the one that is meant. */
static void bind_device(struct child *child, const struct device *device)
{
	int source = detached_clone(AT_FDCWD, device->path, false, true);
	int target = safe_make_file(child->root, device->path, 0644);

	if (source < 0)
		child_fail(child, errno, "make the device %s: mknod is not permitted, and the host's is not to be had",
			   device->path);
	if (!is_device(source, device))
		child_fail(child, 0, "make the device %s: mknod is not permitted, and the host's is another device",
			   device->path);
	if (target < 0 || detached_attach(source, target) != 0)
		child_fail(child, errno, "mount the host's device %s in the root", device->path);
	(void)close(target);
	(void)close(source);
}

static void accept_existing(const struct child *child, const struct device *device, int parent, const char *name)
{
	int fd = openat(parent, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0 || !is_device(fd, device))
		child_fail(child, EEXIST, "make the device %s: the root has something else there", device->path);
	(void)close(fd);
}

static void make_device(struct child *child, const struct device *device)
{
	const char *name;
	int parent;

	if (child->shared_rights && device->type != S_IFIFO) {
		bind_device(child, device);
		return;
	}
	parent = device_open_parent(child, device->path, &name);
	if (mknodat(parent, name, device->type | device->mode, device->number) != 0) {
		if (errno == EPERM)
			bind_device(child, device);
		else if (errno == EEXIST)
			accept_existing(child, device, parent, name);
		else
			child_fail(child, errno, "make the device %s (%u:%u)", device->path, major(device->number),
				   minor(device->number));
		return;
	}
	if ((device->uid || device->gid) && fchownat(parent, name, device->uid, device->gid, AT_SYMLINK_NOFOLLOW) != 0)
		child_fail(child, errno, "give the device %s to %u:%u", device->path, device->uid, device->gid);
}

void device_make_all(struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_DEVICE, E_DEVICE);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		struct device device = read_device(&fields);

		make_device(child, &device);
	}
}
