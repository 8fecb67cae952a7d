/* SPDX-License-Identifier: Apache-2.0 */
#include "leaks.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

#define TABLE_SIZE (1 << 20)

static char *mounts_before;
static int descriptors_before, cgroups_before, cgroup_count;

static char *read_mounts(void)
{
	char *table = calloc(1, TABLE_SIZE);
	int fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
	size_t length = 0;
	ssize_t count;

	while (table && fd >= 0 && (count = read(fd, table + length, TABLE_SIZE - 1 - length)) > 0)
		length += (size_t)count;
	(void)close(fd);
	return table;
}

static int count_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 1024; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static int count_directory(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)path;
	(void)status;
	(void)walk;
	cgroup_count += type == FTW_D && strstr(path, "/caisson-test");
	return 0;
}

/* Those that the tests make; other programs come and go with theirs. */
static int count_cgroups(void)
{
	cgroup_count = 0;
	(void)nftw("/sys/fs/cgroup", count_directory, 16, FTW_PHYS);
	return cgroup_count;
}

void leaks_note(void)
{
	free(mounts_before);
	mounts_before = read_mounts();
	descriptors_before = count_descriptors();
	cgroups_before = count_cgroups();
}

void leaks_check(void)
{
	char *now = read_mounts();

	tap_is(now, mounts_before, "the host's mounts are as they were");
	tap_number(count_descriptors(), descriptors_before, "the descriptors are as they were");
	tap_number(count_cgroups(), cgroups_before, "the cgroups are as they were");
	tap_ok(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD, "no child is left");
	free(now);
	free(mounts_before);
	mounts_before = NULL;
}
