/* SPDX-License-Identifier: Apache-2.0 */
#include "mount.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "detached.h"
#include "filesystem.h"
#include "proc.h"

#define LIST_SIZE 65536
#define HOST "/sys/fs/cgroup"
#define UNIFIED "unified" /* where hybrid hosts have the cgroup2 hierarchy */

/* One line of /proc/self/cgroup: "4:cpu,cpuacct:/path", "1:name=systemd:/path", "0::/path". */
struct hierarchy {
	char *controllers;
	char *path; /* of this process, as seen from its cgroup namespace */
};

static bool is_unified(const struct hierarchy *hierarchy)
{
	return hierarchy->controllers[0] == '\0';
}

static char *read_list(const struct child *child)
{
	char *list = child_allocate(child, LIST_SIZE, 1);
	int fd = proc_open_file(child, "self/cgroup", O_RDONLY);
	size_t length = 0;
	ssize_t count = -1;

	while (fd >= 0 && (count = read(fd, list + length, LIST_SIZE - 1 - length)) > 0)
		length += (size_t)count;
	if (count < 0)
		child_fail(child, errno, "read /proc/self/cgroup");
	(void)close(fd);
	return list;
}

static bool next_hierarchy(char **list, struct hierarchy *hierarchy)
{
	char *line = strsep(list, "\n"), *colon = line ? strchr(line, ':') : NULL;

	if (!colon)
		return false;
	hierarchy->controllers = colon + 1;
	colon = strchr(colon + 1, ':');
	if (!colon)
		return false;
	*colon = '\0';
	hierarchy->path = colon + 1;
	return true;
}

static const char *directory_name(const struct hierarchy *hierarchy)
{
	if (is_unified(hierarchy))
		return UNIFIED;
	return strncmp(hierarchy->controllers, "name=", 5) == 0 ? hierarchy->controllers + 5 : hierarchy->controllers;
}

/* Shows the process's own group of what the host has mounted. A mount of its own would do it as well, but one of cgroup2 that
 * is made outside of a cgroup namespace sets the flags of the whole hierarchy anew (nsdelegate, memory_recursiveprot) and
 * waits for a grace period of 10 ms. */
static int bind_view(const struct child *child, const struct plan_mount *mount, const struct hierarchy *hierarchy, bool alone)
{
	char path[PATH_MAX];
	int length = snprintf(path, sizeof path, "%s%s%s%s", HOST, alone ? "" : "/", alone ? "" : directory_name(hierarchy),
			      hierarchy->path);
	int view = length < 0 || (size_t)length >= sizeof path ? -1 : detached_clone(AT_FDCWD, path, false, false);

	if (view < 0 || detached_set(view, mount->attr_set, mount->attr_clear, 0, false) != 0)
		child_fail(child, errno, "show the host's cgroup %s at %s", path, mount->target);
	return view;
}

/* In a cgroup namespace a new mount has the namespace's root as its root. */
static int make_view(struct child *child, const struct plan_mount *mount, const struct hierarchy *hierarchy, bool alone)
{
	if (!(child->namespaces & CLONE_NEWCGROUP))
		return bind_view(child, mount, hierarchy, alone);
	return filesystem_make(child, is_unified(hierarchy) ? "cgroup2" : "cgroup", "cgroup", hierarchy->controllers,
			       mount->attr_set, mount->target);
}

static void link_controllers(const struct child *child, int tmpfs, const char *directory)
{
	char names[256], *rest = names, *name;

	if (!strchr(directory, ',') || strlen(directory) >= sizeof names)
		return;
	memcpy(names, directory, strlen(directory) + 1);
	while ((name = strsep(&rest, ",")))
		if (symlinkat(directory, tmpfs, name) != 0)
			child_fail(child, errno, "link the controller %s to %s", name, directory);
}

static void add_view(struct child *child, const struct plan_mount *mount, const struct hierarchy *hierarchy, int tmpfs)
{
	const char *name = directory_name(hierarchy);
	int view = make_view(child, mount, hierarchy, false), target;

	if (mkdirat(tmpfs, name, 0755) != 0)
		child_fail(child, errno, "make %s/%s", mount->target, name);
	target = openat(tmpfs, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (target < 0 || detached_attach(view, target) != 0)
		child_fail(child, errno, "mount the cgroup hierarchy %s at %s/%s", name, mount->target, name);
	(void)close(target);
	(void)close(view);
	link_controllers(child, tmpfs, name);
}

void mount_cgroup(struct child *child, const struct plan_mount *mount)
{
	char *list = read_list(child);
	struct hierarchy hierarchy;
	int tmpfs;

	if (strncmp(list, "0::", 3) == 0) { /* the first line, and on a host without v1 the only one */
		(void)next_hierarchy(&list, &hierarchy);
		mount_place(child, mount, make_view(child, mount, &hierarchy, true), 0, false);
		return;
	}
	tmpfs = filesystem_make(child, "tmpfs", "tmpfs", "mode=755", mount_early_flags(mount), mount->target);
	/* What is mounted in it is attached to the descriptor, which has to be a mount of our namespace first. */
	int kept = fcntl(tmpfs, F_DUPFD_CLOEXEC, 3);
	if (kept < 0)
		child_fail(child, errno, "duplicate a descriptor");
	mount_place(child, mount, tmpfs, 0, false);
	while (next_hierarchy(&list, &hierarchy))
		add_view(child, mount, &hierarchy, kept);
	(void)close(kept);
}
