/* SPDX-License-Identifier: Apache-2.0 */
#include "proc.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "syscalls.h"

#define PROC_ROOT_INODE 1 /* a bind of a directory of procfs has another one */

void proc_open(struct child *child)
{
	struct statfs filesystem;
	struct stat status;

	child->proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (child->proc < 0 || fstatfs(child->proc, &filesystem) != 0 || fstat(child->proc, &status) != 0)
		child_fail(child, errno, "open the host's /proc");
	if (filesystem.f_type != PROC_SUPER_MAGIC || status.st_ino != PROC_ROOT_INODE)
		child_fail(child, 0, "open the host's /proc: no procfs is mounted there");
}

int proc_open_file(const struct child *child, const char *path, int flags)
{
	return sys_openat2(child->proc, path, (uint64_t)(flags | O_CLOEXEC), 0,
			   RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV);
}

int proc_write(const struct child *child, const char *path, const char *value)
{
	int fd = proc_open_file(child, path, O_WRONLY);
	ssize_t written;

	if (fd < 0)
		return -1;
	written = write(fd, value, strlen(value));
	int saved = errno;
	(void)close(fd);
	errno = saved;
	if (written < 0)
		return -1;
	if ((size_t)written == strlen(value))
		return 0;
	errno = EIO;
	return -1;
}
