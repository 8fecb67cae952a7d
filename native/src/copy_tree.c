/* SPDX-License-Identifier: Apache-2.0 */
#include "copy_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define CHUNK (1 << 30)

struct copy {
	dev_t device;
	char *name;
	size_t size;
};

static int close_all(int a, int b, int result)
{
	int saved = errno;

	if (a >= 0)
		(void)close(a);
	if (b >= 0)
		(void)close(b);
	errno = saved;
	return result;
}

/* File capabilities and access lists; a tmpfs that can't hold one kind of attribute does without it. */
static int copy_attributes(int from, int to)
{
	char names[4096], value[65536];
	ssize_t length = flistxattr(from, names, sizeof names);

	if (length < 0)
		return errno == EOPNOTSUPP ? 0 : -1;
	for (const char *name = names; name < names + length; name += strlen(name) + 1) {
		ssize_t size = fgetxattr(from, name, value, sizeof value);

		if (size < 0 || (fsetxattr(to, name, value, (size_t)size, 0) != 0 && errno != EOPNOTSUPP))
			return -1;
	}
	return 0;
}

static int finish(int from, int to, const struct stat *status)
{
	const struct timespec times[] = {status->st_atim, status->st_mtim};

	/* The owner first: changing it takes set-user-id bits and capabilities away. */
	if (fchown(to, status->st_uid, status->st_gid) != 0 || fchmod(to, status->st_mode & 07777) != 0 ||
	    copy_attributes(from, to) != 0)
		return -1;
	return futimens(to, times);
}

static int copy_file(int from_directory, int to_directory, const char *name, const struct stat *status)
{
	int from = openat(from_directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int to = openat(to_directory, name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
	ssize_t sent = -1;

	while (from >= 0 && to >= 0 && (sent = sendfile(to, from, NULL, CHUNK)) > 0)
		;
	return close_all(from, to, sent == 0 ? finish(from, to, status) : -1);
}

static int copy_link(int from, int to, const char *name, const struct stat *status)
{
	char target[PATH_MAX];
	ssize_t length = readlinkat(from, name, target, sizeof target - 1);

	if (length < 0)
		return -1;
	target[length] = '\0';
	if (symlinkat(target, to, name) != 0)
		return -1;
	return fchownat(to, name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW);
}

static int copy_node(int to, const char *name, const struct stat *status)
{
	if (mknodat(to, name, status->st_mode, status->st_rdev) != 0)
		return -1;
	return fchownat(to, name, status->st_uid, status->st_gid, AT_SYMLINK_NOFOLLOW);
}

static int copy_entries(struct copy *copy, DIR *directory, int from, int to);

static int copy_directory(struct copy *copy, int from, int to, const struct stat *status)
{
	int listed = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), result;
	DIR *directory = listed < 0 ? NULL : fdopendir(listed);

	if (!directory)
		return close_all(listed, -1, -1);
	result = copy_entries(copy, directory, listed, to);
	if (result == 0)
		result = finish(listed, to, status);
	int saved = errno;
	(void)closedir(directory);
	errno = saved;
	return result;
}

static int copy_child_directory(struct copy *copy, int from_directory, int to_directory, const char *name,
				const struct stat *status)
{
	int from, to;

	if (mkdirat(to_directory, name, 0700) != 0)
		return -1;
	from = openat(from_directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	to = openat(to_directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return close_all(from, to, from < 0 || to < 0 ? -1 : copy_directory(copy, from, to, status));
}

static int copy_entry(struct copy *copy, int from, int to, const char *name)
{
	struct stat status;

	if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return -1;
	if (S_ISDIR(status.st_mode))
		return status.st_dev == copy->device ? copy_child_directory(copy, from, to, name, &status)
						     : mkdirat(to, name, status.st_mode & 07777);
	if (S_ISREG(status.st_mode))
		return copy_file(from, to, name, &status);
	if (S_ISLNK(status.st_mode))
		return copy_link(from, to, name, &status);
	return copy_node(to, name, &status);
}

static int copy_entries(struct copy *copy, DIR *directory, int from, int to)
{
	const struct dirent *entry;

	while (errno = 0, (entry = readdir(directory))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (copy_entry(copy, from, to, entry->d_name) != 0) {
			int saved = errno;

			if (!copy->name[0])
				snprintf(copy->name, copy->size, "%s", entry->d_name);
			errno = saved;
			return -1;
		}
	}
	return errno ? -1 : 0;
}

int copy_tree(int from, int to, char *name, size_t size)
{
	struct copy copy = {.name = name, .size = size};
	struct stat status;

	name[0] = '\0';
	if (fstat(from, &status) != 0)
		return -1;
	copy.device = status.st_dev;
	return copy_directory(&copy, from, to, &status);
}
