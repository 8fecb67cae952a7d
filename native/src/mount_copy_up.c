/* SPDX-License-Identifier: Apache-2.0 */
#include "mount.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "copy_tree.h"
#include "safe_path.h"

void mount_copy_up(const struct child *child, const struct plan_mount *mount, int tmpfs)
{
	int from = safe_open(child->root, mount->target, O_RDONLY | O_DIRECTORY);
	int to = openat(tmpfs, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char name[NAME_MAX + 1];

	if (from < 0 && errno == ENOENT) {
		(void)close(to);
		return; /* the root has nothing there: the target is made, and stays empty */
	}
	if (from < 0 || to < 0)
		child_fail(child, errno, "open %s, which is to be copied to a tmpfs", mount->target);
	if (copy_tree(from, to, name, sizeof name) != 0)
		child_fail(child, errno, "copy %s to a tmpfs%s%s", mount->target, *name ? ", at " : "", name);
	(void)close(from);
	(void)close(to);
}
