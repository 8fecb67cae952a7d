/* SPDX-License-Identifier: Apache-2.0 */
#include "root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "log.h"

/* Parents get the usual 0755, the root itself 0700. */
static int make_directories(const char *path, char *what, size_t size)
{
	char part[PATH_MAX];
	size_t length = strlen(path);

	if (path[0] != '/' || length >= sizeof(part)) {
		(void)snprintf(what, size, "the root directory must be an absolute path: '%s'", path);
		errno = path[0] != '/' ? EINVAL : ENAMETOOLONG;
		return -1;
	}
	memcpy(part, path, length + 1);
	while (length > 1 && part[length - 1] == '/')
		part[--length] = '\0';
	for (size_t i = 1; i <= length; i++) {
		mode_t mode = i == length ? 0700 : 0755;

		if (part[i] != '/' && part[i] != '\0')
			continue;
		part[i] = '\0';
		if (mkdir(part, mode) != 0 && errno != EEXIST) {
			(void)snprintf(what, size, "could not make the directory '%s'", part);
			return -1;
		}
		part[i] = i == length ? '\0' : '/';
	}
	return 0;
}

static int check_owner(const struct root *root, char *what, size_t size)
{
	struct stat status;

	if (fstat(root->directory, &status) != 0) {
		(void)snprintf(what, size, "could not examine the root directory '%s'", root->path);
		return -1;
	}
	if (status.st_uid != geteuid()) {
		(void)snprintf(what, size, "the root directory '%s' belongs to uid %u, not to uid %u who runs this shim",
			       root->path, (unsigned int)status.st_uid, (unsigned int)geteuid());
		errno = EPERM;
		return -1;
	}
	if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		(void)snprintf(what, size, "the root directory '%s' is writable by others (mode %04o): chmod go-w it",
			       root->path, (unsigned int)(status.st_mode & 07777));
		errno = EPERM;
		return -1;
	}
	return 0;
}

/* A record lock and not flock(2): flock's belongs to the open file, which every child between clone and exec shares, so
 * that a shim killed with -9 would seem to live on for a moment. A record lock is the process's own. */
static int take_lock(struct root *root, char *what, size_t size)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	struct stat status;
	char pid[16];
	int length;

	root->lock = openat(root->directory, ROOT_LOCK, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (root->lock < 0) {
		(void)snprintf(what, size, "could not open the lock file of '%s'", root->path);
		return -1;
	}
	if (fcntl(root->lock, F_SETLK, &lock) != 0) {
		int error = errno;

		if ((error == EAGAIN || error == EACCES) && fcntl(root->lock, F_GETLK, &lock) == 0 &&
		    lock.l_type != F_UNLCK)
			(void)snprintf(what, size, "a shim is already running pid %d on '%s'", (int)lock.l_pid, root->path);
		else
			(void)snprintf(what, size, "could not lock '%s'", root->path);
		errno = error == EACCES ? EAGAIN : error;
		return -1;
	}
	/* A shim that ended meanwhile has removed the file: a lock on it would keep nobody out. */
	if (fstat(root->lock, &status) != 0 || status.st_nlink == 0) {
		(void)snprintf(what, size, "the shim before on '%s' has only just ended: try again", root->path);
		errno = EAGAIN;
		return -1;
	}
	length = snprintf(pid, sizeof(pid), "%d\n", (int)getpid());
	if (ftruncate(root->lock, 0) != 0 || pwrite(root->lock, pid, (size_t)length, 0) != length) {
		(void)snprintf(what, size, "could not write the lock file of '%s'", root->path);
		return -1;
	}
	return 0;
}

int root_open(struct root *root, const char *path, char *what, size_t size)
{
	mode_t umask_before;
	int made;

	*root = (struct root){.path = path, .directory = -1, .records = -1, .lock = -1};
	umask_before = umask(022);
	made = make_directories(path, what, size);
	(void)umask(umask_before);
	if (made != 0)
		return -1;
	root->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root->directory < 0) {
		(void)snprintf(what, size, "could not open the root directory '%s'", path);
		return -1;
	}
	if (check_owner(root, what, size) != 0 || take_lock(root, what, size) != 0)
		return -1;
	if (mkdirat(root->directory, ROOT_RECORDS, 0700) != 0 && errno != EEXIST) {
		(void)snprintf(what, size, "could not make the directory '%s/" ROOT_RECORDS "'", path);
		return -1;
	}
	root->records = openat(root->directory, ROOT_RECORDS, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (root->records < 0) {
		(void)snprintf(what, size, "could not open the directory '%s/" ROOT_RECORDS "'", path);
		return -1;
	}
	return 0;
}

int root_open_log(const struct root *root)
{
	AUTO_CLOSE int log = openat(root->directory, ROOT_LOG, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (log < 0)
		return -1;
	return dup2(log, STDERR_FILENO) < 0 ? -1 : 0;
}

static void remove_entry(const struct root *root, const char *name, int flags)
{
	if (unlinkat(root->directory, name, flags) != 0 && errno != ENOENT)
		log_error(errno, "remove '%s/%s'", root->path, name);
}

static bool log_is_empty(void)
{
	struct stat status;

	return fstat(STDERR_FILENO, &status) == 0 && status.st_size == 0;
}

void root_leave(const struct root *root, enum shim_mode mode)
{
	remove_entry(root, ROOT_SOCKET, 0);
	/* Records that could not be carried out are for the next shim on this root. */
	if (mode != MODE_ONE_SHOT && unlinkat(root->directory, ROOT_RECORDS, AT_REMOVEDIR) != 0 && errno != ENOENT) {
		if (errno != ENOTEMPTY && errno != EEXIST)
			log_error(errno, "remove '%s/" ROOT_RECORDS "'", root->path);
		else if (mode == MODE_LASTING)
			return;
	}
	if (mode == MODE_TIED || log_is_empty())
		remove_entry(root, ROOT_LOG, 0);
	remove_entry(root, ROOT_LOCK, 0);
	/* The engine may keep files of its own there. */
	if (mode != MODE_ONE_SHOT && rmdir(root->path) != 0 && errno != ENOTEMPTY && errno != EEXIST && errno != ENOENT)
		log_error(errno, "remove '%s'", root->path);
}
