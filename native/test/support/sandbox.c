/* SPDX-License-Identifier: Apache-2.0 */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[PATH_MAX - NAME_MAX];

static _Noreturn void give_up(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

const char *sandbox_make(void)
{
	const char *parent = getenv("TMPDIR");

	snprintf(root, sizeof root, "%s/caisson-test.XXXXXX", parent ? parent : "/tmp");
	if (!mkdtemp(root) || chmod(root, 0755) != 0)
		give_up(root);
	return root;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

void sandbox_remove(void)
{
	if (nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) != 0)
		give_up(root);
}

const char *sandbox_path(const char *name)
{
	static char paths[8][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 8];

	snprintf(path, PATH_MAX, "%s/%s", root, name);
	return path;
}

static void make_parents(char *path)
{
	for (char *slash = strchr(path + strlen(root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			give_up(path);
		*slash = '/';
	}
}

void sandbox_directory(const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/", sandbox_path(name));
	make_parents(path);
}

void sandbox_file(const char *name, const char *content, unsigned int mode)
{
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof path, "%s", sandbox_path(name));
	make_parents(path);
	file = fopen(path, "we");
	if (!file || fputs(content, file) < 0 || fclose(file) != 0 || chmod(path, mode) != 0)
		give_up(path);
}

void sandbox_link(const char *target, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s", sandbox_path(name));
	make_parents(path);
	if (symlink(target, path) != 0)
		give_up(path);
}

const char *read_file(const char *path, char *buffer, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? 0 : read(fd, buffer, size - 1);

	if (fd >= 0)
		(void)close(fd);
	buffer[length > 0 ? length : 0] = '\0';
	return buffer;
}
