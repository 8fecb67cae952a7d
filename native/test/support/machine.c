/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "need.h"
#include "tap.h"
#include "tree.h"

bool read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, text, size - 1) : -1;

	if (fd >= 0)
		(void)close(fd);
	if (length < 0)
		return false;
	text[length] = '\0';
	return true;
}

void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	need(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text), "write %s: %s", path, strerror(errno));
	(void)close(fd);
}

bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

unsigned int count_descriptors(pid_t pid)
{
	char path[64];
	DIR *directory;
	unsigned int count = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	directory = opendir(path);
	need(directory != NULL, "%s", path);
	for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
		count += entry->d_name[0] != '.';
	(void)closedir(directory);
	return count;
}

static int by_name(const struct dirent **one, const struct dirent **other)
{
	return atoi((*one)->d_name) - atoi((*other)->d_name);
}

void list_descriptors(pid_t pid, char *text, size_t size)
{
	char path[64];
	char target[256];
	struct dirent **entries;
	size_t length = 0;
	int directory;
	int count;

	(void)snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	count = directory < 0 ? -1 : scandirat(directory, ".", &entries, NULL, by_name);
	need(count >= 0, "%s", path);
	for (int i = 0; i < count; free(entries[i++])) {
		ssize_t got = readlinkat(directory, entries[i]->d_name, target, sizeof(target) - 1);

		if (got < 0)
			continue; /* "." and ".." */
		target[got] = '\0';
		if (strncmp(target, "socket:", 7) == 0)
			target[6] = '\0'; /* without its number: there is one connection for each engine that comes */
		length += (size_t)snprintf(text + length, size - length, "%s %s\n", entries[i]->d_name, target);
		need(length < size, "room for the descriptors of %d", (int)pid);
	}
	free(entries);
	(void)close(directory);
}

static bool stat_of(pid_t pid, char *state, int *parent)
{
	char path[64];
	char text[1024];

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	return read_text(path, text, sizeof(text)) && strrchr(text, ')') != NULL &&
	       sscanf(strrchr(text, ')'), ") %c %d", state, parent) == 2;
}

static unsigned int count_of(pid_t wanted, char in_state)
{
	DIR *directory = opendir("/proc");
	unsigned int count = 0;

	need(directory != NULL, "/proc");
	for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
		int pid = atoi(entry->d_name);
		char state;
		int parent;

		if (pid > 0 && stat_of(pid, &state, &parent) && parent == wanted && (in_state == '*' || state == in_state))
			count++;
	}
	(void)closedir(directory);
	return count;
}

unsigned int count_zombies(pid_t parent)
{
	return count_of(parent, 'Z');
}

unsigned int count_children(pid_t parent)
{
	return count_of(parent, '*');
}

bool is_alive(pid_t pid)
{
	char state;
	int parent;

	return stat_of(pid, &state, &parent) && state != 'Z' && state != 'X';
}

void await_death(pid_t pid)
{
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	struct pollfd poll_in = {.fd = pidfd, .events = POLLIN};

	if (pidfd < 0)
		return;
	need(poll(&poll_in, 1, 20000) == 1, "process %d lives on", (int)pid);
	(void)close(pidfd);
}

void await_file(const char *path)
{
	char directory[256];
	int notify = inotify_init1(IN_CLOEXEC);
	struct pollfd poll_in = {.fd = notify, .events = POLLIN};
	char events[4096];

	(void)snprintf(directory, sizeof(directory), "%s", path);
	*strrchr(directory, '/') = '\0';
	need(inotify_add_watch(notify, directory, IN_CREATE | IN_MOVED_TO) >= 0, "watch %s", directory);
	while (!exists(path)) {
		need(poll(&poll_in, 1, 20000) == 1, "%s does not come", path);
		(void)!read(notify, events, sizeof(events));
	}
	(void)close(notify);
}

const char *cgroup_name(const char *hierarchy, const char *name, char path[static 256])
{
	(void)snprintf(path, 256, "/sys/fs/cgroup/%s/cgroup.procs", hierarchy);
	if (!exists(path))
		return NULL;
	(void)snprintf(path, 256, "/sys/fs/cgroup/%s/caisson-shim-test-%d-%s", hierarchy, (int)getpid(), name);
	return path;
}

void root_discard(const char *root)
{
	char path[256];
	char what[300] = "";
	struct tree tree = {.kind = TREE_FILES, .what = what, .size = sizeof(what)};

	(void)snprintf(path, sizeof(path), "%s", root);
	*strrchr(path, '/') = '\0';
	need(strncmp(path, "/tmp/caisson-shim-test-", 23) == 0, "%s", path);
	tap_ok(tree_walk(&tree, path) == 0, "the test's directory can be removed %s", what);
}
