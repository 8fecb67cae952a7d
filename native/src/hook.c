/* SPDX-License-Identifier: Apache-2.0 */
#include "hook.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "syscalls.h"

#define TAIL_SIZE 1024
#define NO_EXEC 127

struct hook {
	const char *path;
	char **argv, **environment;
	uint32_t timeout_ms; /* 0: none */
};

/* The end of what a hook wrote. */
struct tail {
	char text[TAIL_SIZE];
	size_t length;
};

static void tail_add(struct tail *tail, const char *text, size_t length)
{
	size_t over = tail->length + length > TAIL_SIZE - 1 ? tail->length + length - (TAIL_SIZE - 1) : 0;

	if (over >= tail->length) {
		text += over - tail->length;
		length -= over - tail->length;
		tail->length = 0;
	} else {
		memmove(tail->text, tail->text + over, tail->length - over);
		tail->length -= over;
	}
	memcpy(tail->text + tail->length, text, length);
	tail->length += length;
	tail->text[tail->length] = '\0';
}

static const char *tail_text(struct tail *tail)
{
	while (tail->length > 0 && (tail->text[tail->length - 1] == '\n' || tail->text[tail->length - 1] == ' '))
		tail->text[--tail->length] = '\0';
	return tail->text;
}

/* Takes what is there; a grandchild that keeps the pipe open is not waited for. */
static void drain(int output, struct tail *tail)
{
	char buffer[4096];
	ssize_t length;

	while ((length = read(output, buffer, sizeof buffer)) > 0)
		tail_add(tail, buffer, (size_t)length);
}

/* The state as a file: a hook may read it or not, and it may be of any size, without anybody waiting for anybody. */
static int open_state(const struct child *child)
{
	int fd = memfd_create("state", MFD_CLOEXEC);
	size_t length = strlen(child->state), done = 0;

	while (fd >= 0 && done < length) {
		ssize_t written = write(fd, child->state + done, length - done);

		if (written < 0)
			child_fail(child, errno, "write the state for a hook");
		done += (size_t)written;
	}
	if (fd < 0 || lseek(fd, 0, SEEK_SET) != 0)
		child_fail(child, errno, "make a file with the state for a hook");
	return fd;
}

static _Noreturn void run(const struct hook *hook, int state, int output)
{
	/* All else is CLOEXEC. A session of its own, so that a late hook can be ended with what it has started. */
	if (setsid() >= 0 && dup2(state, 0) == 0 && dup2(output, 1) == 1 && dup2(output, 2) == 2)
		execve(hook->path, hook->argv, hook->environment);
	dprintf(output, "%s: %s", hook->path, strerror(errno));
	_exit(NO_EXEC);
}

static int64_t now_ms(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Waits for the end of the hook, reading along. Returns false when its time is over. */
static bool attend(const struct child *child, const struct hook *hook, int pidfd, int output, struct tail *tail)
{
	struct pollfd files[] = {{.fd = pidfd, .events = POLLIN}, {.fd = output, .events = POLLIN}};
	int64_t end = now_ms() + hook->timeout_ms;

	for (;;) {
		int64_t left = end - now_ms();
		int ready = poll(files, 2, !hook->timeout_ms ? -1 : left > 0 ? (int)left : 0);

		if (ready < 0 && errno != EINTR)
			child_fail(child, errno, "wait for the hook %s", hook->path);
		if (ready == 0)
			return false;
		drain(output, tail);
		if (files[1].revents & POLLHUP)
			files[1].fd = -1;
		if (files[0].revents)
			return true;
	}
}

static void judge(const struct child *child, const struct hook *hook, int status, struct tail *tail)
{
	const char *said = tail_text(tail), *colon = *said ? ": " : "";

	if (WIFSIGNALED(status))
		child_fail(child, 0, "the hook %s was killed by signal %d%s%s", hook->path, WTERMSIG(status), colon, said);
	if (WEXITSTATUS(status) != 0)
		child_fail(child, 0, "the hook %s ended with exit code %d%s%s", hook->path, WEXITSTATUS(status), colon,
			   said);
}

static void run_hook(const struct child *child, const struct hook *hook, int state)
{
	struct tail tail = {.length = 0};
	int output[2], status, pidfd;
	pid_t pid;

	if (lseek(state, 0, SEEK_SET) != 0 || pipe2(output, O_CLOEXEC) != 0 ||
	    fcntl(output[0], F_SETFL, O_NONBLOCK) != 0)
		child_fail(child, errno, "make a pipe for the hook %s", hook->path);
	pid = fork();
	if (pid == 0)
		run(hook, state, output[1]);
	(void)close(output[1]);
	pidfd = pid < 0 ? -1 : sys_pidfd_open(pid);
	if (pidfd < 0)
		child_fail(child, errno, "start the hook %s", hook->path);
	if (!attend(child, hook, pidfd, output[0], &tail)) {
		(void)kill(-pid, SIGKILL);
		(void)kill(pid, SIGKILL); /* before it has its session there is no group to kill */
		(void)waitpid(pid, &status, 0);
		child_fail(child, ETIMEDOUT, "the hook %s did not end within %u ms%s%s", hook->path, hook->timeout_ms,
			   tail.length ? ": " : "", tail_text(&tail));
	}
	if (waitpid(pid, &status, 0) != pid)
		child_fail(child, errno, "wait for the hook %s", hook->path);
	drain(output[0], &tail);
	(void)close(output[0]);
	(void)close(pidfd);
	judge(child, hook, status, &tail);
}

void hook_run_all(struct child *child, enum entry_type type)
{
	struct plan_cursor cursor = plan_cursor(child->plan, type, type);
	struct plan_fields fields;
	int state;

	if (!plan_has(child->plan, type))
		return;
	state = open_state(child);
	while (plan_next(&cursor, &fields)) {
		struct hook hook = {.path = field_string(&fields)};

		hook.argv = field_argv(&fields);
		hook.environment = field_argv(&fields);
		hook.timeout_ms = field_u32(&fields);
		if (!hook.argv || !hook.environment)
			child_fail(child, ENOMEM, "start the hook %s", hook.path);
		run_hook(child, &hook, state);
		free(hook.argv);
		free(hook.environment);
	}
	(void)close(state);
}
