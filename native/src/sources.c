/* SPDX-License-Identifier: Apache-2.0 */
#include "sources.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "detached.h"
#include "user_namespace.h"

static int open_source(const struct child *child, const struct plan_mount *mount)
{
	bool follow = !(mount->options & MOUNT_NO_FOLLOW);
	struct stat status;
	int source;

	source = detached_clone(AT_FDCWD, mount->source, mount->options & MOUNT_RECURSIVE, follow);
	if (source < 0 && errno == ENOENT && (mount->options & MOUNT_OPTIONAL))
		return -1;
	if (source < 0)
		child_fail(child, errno, "open %s, which is to be mounted at %s", mount->source, mount->target);
	if (!follow && (fstat(source, &status) != 0 || S_ISLNK(status.st_mode)))
		child_fail(child, ELOOP, "mount %s at %s: it is a symbolic link", mount->source, mount->target);
	return source;
}

static void map_ids(const struct child *child, const struct plan_mount *mount, int source)
{
	int users = user_namespace_of_map(child, mount->idmap);

	if (detached_map_ids(source, users, mount->options & MOUNT_IDMAP_RECURSIVE) != 0)
		child_fail(child, errno, "map the owners of %s, which is to be mounted at %s", mount->source, mount->target);
	(void)close(users);
}

void sources_open(struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_MOUNT, E_MOUNT);
	struct plan_fields fields;
	unsigned int count = 0;

	if (child->sources)
		return;
	child->sources = child_allocate(child, child->plan->count[E_MOUNT], sizeof *child->sources);
	while (plan_next(&cursor, &fields)) {
		struct plan_mount mount = field_mount(&fields);

		child->sources[count] = mount.kind == MOUNT_BIND ? open_source(child, &mount) : -1;
		if (mount.idmap && child->sources[count] >= 0)
			map_ids(child, &mount, child->sources[count]);
		count++;
	}
}
