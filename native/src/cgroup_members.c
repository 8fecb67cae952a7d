/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup_members.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include "descriptor.h"
#include "log.h"
#include "syscalls.h"

/* As many pidfds are open at the same time. */
#define AT_ONCE 512u

struct pids {
	pid_t *pids;
	size_t count, capacity;
};

static int add(struct pids *pids, pid_t pid)
{
	if (pids->count == pids->capacity) {
		size_t capacity = pids->capacity == 0 ? 64 : pids->capacity * 2;
		pid_t *grown = realloc(pids->pids, capacity * sizeof(*grown));

		if (grown == NULL)
			return -1;
		pids->pids = grown;
		pids->capacity = capacity;
	}
	pids->pids[pids->count++] = pid;
	return 0;
}

/* The file is sorted by nobody; pids of another pid namespace show as 0. 0, or -1 with errno. */
static int read_pids(int directory, struct pids *pids)
{
	int fd = openat(directory, "cgroup.procs", O_RDONLY | O_CLOEXEC);
	FILE *file = fd >= 0 ? fdopen(fd, "re") : NULL;
	int pid;
	int result = 0;

	if (file == NULL) {
		descriptor_close(&fd);
		return errno == ENOENT || errno == ENODEV ? 0 : -1;
	}
	while (result == 0 && fscanf(file, "%d", &pid) == 1) {
		if (pid > 0 && pid != getpid())
			result = add(pids, pid);
	}
	(void)fclose(file);
	return result;
}

static int compare(const void *left, const void *right)
{
	pid_t a = *(const pid_t *)left;
	pid_t b = *(const pid_t *)right;

	return (a > b) - (a < b);
}

static bool contains(const struct pids *pids, pid_t pid)
{
	return pids->count > 0 && bsearch(&pid, pids->pids, pids->count, sizeof(pid), compare) != NULL;
}

/* Kills `count` of those found. A pid that was read may name another process by the time it is opened: one that is still in
 * the cgroup after its pidfd was opened is the process that the pidfd holds, or the pidfd's has died and cannot be hit. */
static void kill_some(int directory, const pid_t *found, size_t count, void (*killed)(int pidfd, void *context),
		      void *context)
{
	struct pids still = {0};
	int pidfds[AT_ONCE];

	for (size_t i = 0; i < count; i++)
		pidfds[i] = sys_pidfd_open(found[i]);
	if (read_pids(directory, &still) != 0)
		log_error(errno, "read the processes of a cgroup");
	if (still.count > 0)
		qsort(still.pids, still.count, sizeof(*still.pids), compare);
	for (size_t i = 0; i < count; i++) {
		AUTO_CLOSE int pidfd = pidfds[i];

		if (pidfd < 0 || !contains(&still, found[i]))
			continue;
		if (syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0) == 0)
			killed(pidfd, context);
		else if (errno != ESRCH)
			log_error(errno, "kill process %d", (int)found[i]);
	}
	free(still.pids);
}

void cgroup_members_kill(int directory, void (*killed)(int pidfd, void *context), void *context)
{
	struct pids found = {0};

	if (read_pids(directory, &found) != 0)
		log_error(errno, "read the processes of a cgroup");
	for (size_t done = 0; done < found.count; done += AT_ONCE) {
		size_t left = found.count - done;

		kill_some(directory, found.pids + done, left < AT_ONCE ? left : AT_ONCE, killed, context);
	}
	free(found.pids);
}
