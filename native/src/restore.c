/* SPDX-License-Identifier: Apache-2.0 */
#include "restore.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "detached.h"
#include "filesystem.h"
#include "mount.h"
#include "rootfs.h"
#include "safe_path.h"
#include "sources.h"
#include "syscalls.h"

static int open_stage(struct child *child)
{
	const char *path = plan_string(child->plan, E_RESTORE_STAGE, "");
	int stage = filesystem_make(child, "tmpfs", "tmpfs", "mode=700", 0, path);
	int target = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (target < 0 || detached_attach(stage, target) != 0 || mkdirat(stage, "root", 0700) != 0)
		child_fail(child, errno, "prepare %s for what is restored", path);
	(void)close(target);
	return stage;
}

/* What was mounted on may be missing where the root is not the one of the checkpoint. */
static void make_points(const struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_RESTORE_POINT, E_RESTORE_POINT);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		bool directory = field_u32(&fields) != 0;
		const char *path = field_string(&fields);
		int point = directory ? safe_make_directory(child->root, path, 0755) : safe_make_file(child->root, path, 0644);

		if (point < 0)
			child_fail(child, errno, "open or make the mount point %s in the root", path);
		(void)close(point);
	}
}

void restore_make_stage(struct child *child)
{
	int stage;

	child_enter(child, PHASE_ROOTFS);
	rootfs_propagation(child);
	sources_open(child);
	stage = open_stage(child);
	rootfs_make(child);
	if (sys_move_mount(child->root, "", stage, "root", MOVE_MOUNT_F_EMPTY_PATH) != 0)
		child_fail(child, errno, "move the root to where it is restored from");
	make_points(child);
	child_enter(child, PHASE_MOUNT);
	(void)close(child->root);
	child->root = stage;
	mount_all(child);
}

void restore_streams(struct child *child)
{
	if (!(child->plan->flags & PLAN_TTY))
		return;
	child->pty_slave = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (child->pty_slave < 0)
		child_fail(child, errno, "open /dev/null");
}

int restore_open_network(const struct child *child)
{
	int network;

	if (!plan_has(child->plan, E_KEEP_NETWORK))
		return -1;
	network = openat(child->proc, "self/ns/net", O_RDONLY | O_CLOEXEC);
	if (network < 0)
		child_fail(child, errno, "open the network namespace");
	return network;
}
