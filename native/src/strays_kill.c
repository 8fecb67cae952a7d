/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "descriptor.h"
#include "log.h"
#include "strays.h"

/* For one that does not die, such as a frozen one. */
#define PATIENCE_S 2

/* True: there are none left. */
static bool reap_all(void)
{
	pid_t pid;

	do
		pid = waitpid(-1, NULL, WNOHANG);
	while (pid > 0);
	return pid < 0 && errno == ECHILD;
}

/* They are our children and not waited for by anybody else: their pids cannot be given again. */
static void kill_children(void)
{
	char path[64];
	int fd;
	FILE *file;
	int pid;

	(void)snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	fd = open(path, O_RDONLY | O_CLOEXEC);
	file = fd >= 0 ? fdopen(fd, "re") : NULL;
	if (file == NULL) {
		log_error(errno, "look for stray children");
		descriptor_close(&fd);
		return;
	}
	while (fscanf(file, "%d", &pid) == 1) {
		if (kill(pid, SIGKILL) != 0)
			log_error(errno, "kill stray child %d", pid);
	}
	(void)fclose(file);
}

void strays_kill(void)
{
	struct timespec patience = {.tv_sec = PATIENCE_S};
	sigset_t mask;

	(void)sigemptyset(&mask);
	(void)sigaddset(&mask, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &mask, NULL);
	/* The children of one that is killed become ours in turn. */
	while (!reap_all()) {
		kill_children();
		if (sigtimedwait(&mask, NULL, &patience) < 0 && errno == EAGAIN) {
			log_note("children that do not die of SIGKILL are left behind");
			return;
		}
	}
}
