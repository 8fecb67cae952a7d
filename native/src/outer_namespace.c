/* SPDX-License-Identifier: Apache-2.0 */
#include "outer_namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptor.h"
#include "id_helper.h"

#define MAP_SIZE 4096

extern char **environ;

static int write_file(const char *path, const char *text)
{
	AUTO_CLOSE int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) ? 0 : -1;
}

/* One id of one's own may be mapped without any right, once setgroups(2) is given up (user_namespaces(7)). */
static int map_own_id(char **maps)
{
	return write_file("/proc/self/setgroups", "deny") != 0 || write_file("/proc/self/gid_map", maps[1]) != 0 ||
			       write_file("/proc/self/uid_map", maps[0]) != 0
		       ? -1
		       : 0;
}

static int unshare_users(char *what, size_t size)
{
	if (unshare(CLONE_NEWUSER) == 0)
		return 0;
	(void)snprintf(what, size, "could not make a user namespace%s",
		       errno == ENOSPC || errno == EUSERS ? " (see /proc/sys/user/max_user_namespaces)"
		       : errno == EPERM			  ? " (see /proc/sys/kernel/unprivileged_userns_clone and"
							    " apparmor_restrict_unprivileged_userns, where there are such)"
							  : "");
	return -1;
}

static int map_alone(char **maps, char *what, size_t size)
{
	if (unshare_users(what, size) != 0)
		return -1;
	if (map_own_id(maps) == 0)
		return 0;
	(void)snprintf(what, size, "could not map the own user and group to root");
	return -1;
}

/* The helpers have the right on the host, so that whoever calls them has to be there still. */
static int map_with_helpers(char **maps, char *what, size_t size)
{
	struct id_helper helper;

	if (id_helper_start(&helper, maps) != 0) {
		(void)snprintf(what, size, "could not make the process that calls newuidmap");
		return -1;
	}
	if (unshare_users(what, size) != 0) {
		id_helper_drop(&helper);
		return -1;
	}
	return id_helper_finish(&helper, what, size);
}

static int become_root(char *what, size_t size)
{
	/* EPERM: setgroups(2) is denied for good. */
	if ((setgroups(0, NULL) == 0 || errno == EPERM) && setresgid(0, 0, 0) == 0 && setresuid(0, 0, 0) == 0)
		return 0;
	(void)snprintf(what, size, "could not become root of the new user namespace");
	return -1;
}

int outer_namespace_enter(char **argv, char **maps, int count, char *what, size_t size)
{
	AUTO_CLOSE int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	if (self < 0) {
		(void)snprintf(what, size, "could not open /proc/self/exe");
		return -1;
	}
	if ((count == 4 ? map_with_helpers(maps, what, size) : map_alone(maps, what, size)) != 0)
		return -1;
	if (become_root(what, size) != 0)
		return -1;
	(void)fexecve(self, argv, environ);
	(void)snprintf(what, size, "could not execute the shim in its user namespace");
	return -1;
}

bool outer_namespace_is_there(void)
{
	AUTO_CLOSE int fd = open("/proc/self/uid_map", O_RDONLY | O_CLOEXEC);
	unsigned int inside, outside, count;
	char map[MAP_SIZE];
	ssize_t length = fd < 0 ? -1 : read(fd, map, sizeof(map) - 1);

	if (length < 0)
		return false;
	map[length] = '\0';
	return sscanf(map, "%u %u %u", &inside, &outside, &count) != 3 || inside != 0 || outside != 0 || count != ~0u;
}
