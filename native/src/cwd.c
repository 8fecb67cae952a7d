/* SPDX-License-Identifier: Apache-2.0 */
#include "cwd.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "safe_path.h"

#define CWD_MODE 0755

void cwd_make(const struct child *child)
{
	const char *path = plan_string(child->plan, E_CWD, NULL);
	int fd;

	if (!path || !(child->plan->flags & PLAN_CREATE_CWD))
		return;
	fd = safe_make_directory(child->root, path, CWD_MODE);
	if (fd < 0)
		child_fail(child, errno, "make the working directory %s", path);
	(void)close(fd);
}

/* CVE-2024-21626: a path such as /proc/self/fd/7 must not lead to a directory of the host. For one that cannot be reached
 * from / the kernel writes "(unreachable)" in front or fails; libc's getcwd may hide that. */
static void check_inside(const struct child *child, const char *path)
{
	char current[PATH_MAX];
	long length = syscall(SYS_getcwd, current, sizeof current);

	if (length < 0)
		child_fail(child, errno, "make sure that the working directory %s is inside the container", path);
	if (current[0] != '/')
		child_fail(child, 0, "the working directory %s is not inside the container", path);
}

bool cwd_enter(const struct child *child, bool last_attempt)
{
	const char *path = plan_string(child->plan, E_CWD, "/");

	if (chdir(path) != 0) {
		if ((errno == EACCES || errno == EPERM) && !last_attempt)
			return false;
		child_fail(child, errno, "enter the working directory %s", path);
	}
	check_inside(child, path);
	return true;
}
