/* SPDX-License-Identifier: Apache-2.0 */
#include "launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "child.h"
#include "plan_reader.h"

static _Noreturn void give_up(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

struct session {
	struct launcher *launcher;
	struct launch_result *result;
	struct plan plan;
	volatile struct launch_progress *progress;
	int channel, output, input, master;
	pid_t pid, stager;
	bool reported;
};

void launcher_init(struct launcher *launcher, struct plan_builder *plan)
{
	*launcher = (struct launcher){.plan = plan, .fd_count = 1, .target_pidfd = -1};
	launcher->fds[0] = -1;
}

unsigned int launcher_add(struct launcher *launcher, int fd)
{
	launcher->fds[launcher->fd_count] = fd;
	return launcher->fd_count++;
}

static void answer(const struct session *session, enum channel_type type, const char *state)
{
	char packet[4096];
	struct channel_header header = {.type = type};

	header.length = (uint32_t)(sizeof header + strlen(state ? state : ""));
	memcpy(packet, &header, sizeof header);
	memcpy(packet + sizeof header, state ? state : "", strlen(state ? state : ""));
	if (send(session->channel, packet, header.length, MSG_NOSIGNAL) < 0)
		give_up("answer the child");
}

static void take_failure(struct launch_result *result, const char *body, size_t length)
{
	memcpy(&result->failed, body, sizeof result->failed);
	length -= sizeof result->failed;
	if (length >= sizeof result->text)
		length = sizeof result->text - 1;
	memcpy(result->text, body + sizeof result->failed, length);
	result->text[length] = '\0';
}

static void take_message(struct session *session, const char *packet, size_t length, int fd)
{
	struct channel_header header;

	memcpy(&header, packet, sizeof header);
	if (header.length != length)
		give_up("a packet of the wrong length");
	switch ((enum channel_type)header.type) {
	case CHANNEL_INIT:
		session->stager = session->pid;
		memcpy(&session->pid, packet + sizeof header, sizeof session->pid);
		(void)close(fd);
		return;
	case CHANNEL_WAITING:
		session->result->created = true;
		if (session->launcher->on_created)
			session->launcher->on_created(session->pid, session->launcher->context);
		answer(session, CHANNEL_CONTINUE, session->launcher->create_state);
		return;
	case CHANNEL_READY:
		session->result->ready = true;
		session->master = fd;
		answer(session, CHANNEL_START, session->launcher->start_state);
		return;
	case CHANNEL_MASTER:
		session->master = fd;
		return;
	case CHANNEL_FAILED:
		session->reported = true;
		take_failure(session->result, packet + sizeof header, length - sizeof header);
		return;
	case CHANNEL_CONTINUE:
	case CHANNEL_START:
		break;
	}
	give_up("an unexpected message");
}

/* false: end of file */
static bool hear(struct session *session)
{
	char packet[8192];
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec part = {packet, sizeof packet};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	ssize_t length = recvmsg(session->channel, &message, MSG_CMSG_CLOEXEC);
	int fd = -1;

	if (length <= 0)
		return false;
	if (CMSG_FIRSTHDR(&message))
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
	take_message(session, packet, (size_t)length, fd);
	return true;
}

static void channel_ended(struct session *session)
{
	(void)close(session->channel);
	session->channel = -1;
	session->result->started = !session->reported && session->progress->phase == PHASE_EXEC;
	if (session->result->started && session->launcher->on_started)
		session->launcher->on_started(session->pid, session->launcher->context);
	if (session->master >= 0 && session->launcher->input)
		(void)!write(session->master, session->launcher->input, strlen(session->launcher->input));
}

/* false: end of file, or EIO of a terminal that nobody has open any more */
static bool read_output(struct session *session, int fd)
{
	struct launch_result *result = session->result;
	size_t length = strlen(result->output);
	ssize_t count = read(fd, result->output + length, OUTPUT_SIZE - 1 - length);

	if (count > 0)
		result->output[length + (size_t)count] = '\0';
	return count > 0;
}

static void attend(struct session *session)
{
	while (session->channel >= 0 || session->output >= 0 || session->master >= 0) {
		struct pollfd files[] = {{.fd = session->channel, .events = POLLIN},
					 {.fd = session->output, .events = POLLIN},
					 {.fd = session->master, .events = POLLIN}};

		if (poll(files, 3, -1) < 0)
			give_up("poll");
		if (files[0].revents && !hear(session))
			channel_ended(session);
		if (files[1].revents && !read_output(session, session->output)) {
			(void)close(session->output);
			session->output = -1;
		}
		if (session->channel < 0 && files[2].revents && !read_output(session, session->master)) {
			(void)close(session->master);
			session->master = -1;
		}
	}
}

static int make_input(const char *text)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0 || (text && write(ends[1], text, strlen(text)) < 0))
		give_up("make standard input");
	(void)close(ends[1]);
	return ends[0];
}

/* What the shim does for the pid namespace of an exec. */
static void enter_pid_namespace(int target)
{
	if (target >= 0 && setns(target, CLONE_NEWPID) != 0)
		give_up("join the pid namespace");
}

static void leave_pid_namespace(int target, int own)
{
	if (target >= 0 && setns(own, CLONE_NEWPID) != 0)
		give_up("leave the pid namespace");
}

static void clone_child(struct session *session, int channel, int output, int input)
{
	struct launcher *launcher = session->launcher;
	bool terminal = session->plan.flags & PLAN_TTY;
	struct child_context context = {
		.plan = &session->plan,
		.fds = launcher->fds,
		.fd_count = launcher->fd_count,
		.channel = channel,
		.stdio = {terminal ? -1 : input, terminal ? -1 : output, terminal ? -1 : output},
		.host_network = -1,
		.target_pidfd = launcher->target_pidfd,
		.engine_umask = LAUNCHER_UMASK,
		.die_with_parent = 1,
		.namespaces_done = child_namespaces(&session->plan),
		.progress = session->progress,
	};
	struct clone_args arguments = {.exit_signal = SIGCHLD, .flags = CLONE_CLEAR_SIGHAND};
	int own = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);

	arguments.flags |= plan_u32(&session->plan, E_NS_NEW, 0) & context.namespaces_done;
	enter_pid_namespace(launcher->target_pidfd);
	session->pid = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
	if (session->pid == 0)
		child_main(&context);
	leave_pid_namespace(launcher->target_pidfd, own);
	(void)close(own);
	if (session->pid < 0)
		give_up("clone3");
}

static void wait_for(struct session *session)
{
	int status;

	if (session->stager && (waitpid(session->stager, &status, 0) != session->stager || status != 0))
		give_up("wait for the stager");
	if (waitpid(session->pid, &session->result->status, 0) != session->pid)
		give_up("wait for the child");
}

const struct launch_result *launcher_run(struct launcher *launcher)
{
	static struct launch_result result;
	struct session session = {.launcher = launcher, .result = &result, .master = -1};
	int ends[2], output[2], input;
	char error[256];

	memset(&result, 0, sizeof result);
	(void)fflush(stdout);
	builder_finish(launcher->plan);
	if (plan_read(&session.plan, launcher->plan->bytes, launcher->plan->length, launcher->fd_count, error, sizeof error)) {
		printf("Bail out! the test's plan: %s\n", error);
		exit(1);
	}
	session.progress = mmap(NULL, sizeof *session.progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (session.progress == MAP_FAILED || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0 ||
	    pipe2(output, O_CLOEXEC) != 0)
		give_up("make the channel");
	input = make_input(launcher->input);
	session.channel = ends[0];
	session.output = output[0];
	clone_child(&session, ends[1], output[1], input);
	(void)close(ends[1]);
	(void)close(output[1]);
	(void)close(input);
	attend(&session);
	wait_for(&session);
	(void)munmap((void *)(uintptr_t)session.progress, sizeof *session.progress);
	return &result;
}
