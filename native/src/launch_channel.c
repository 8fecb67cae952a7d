/* SPDX-License-Identifier: Apache-2.0 */
#include "launch_channel.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "clock.h"
#include "channel.h"
#include "descriptor.h"
#include "launch_events.h"
#include "log.h"
#include "message.h"
#include "preparation.h"
#include "shim.h"

/* The longest a child sends is a FAILED. */
#define PACKET_MAX (sizeof(struct channel_header) + sizeof(struct msg_failed) + FAILURE_TEXT)

/* The child's own account of its failure; told when it has been reaped and all is cleaned. */
static int child_failed(struct process *process, const unsigned char *body, size_t length)
{
	static struct failure failure;
	size_t text;

	if (length < sizeof(failure.head) || process->fact.type != 0)
		return -1;
	memcpy(&failure.head, body, sizeof(failure.head));
	text = length - sizeof(failure.head);
	if (text >= sizeof(failure.text))
		text = sizeof(failure.text) - 1;
	memcpy(failure.text, body + sizeof(failure.head), text);
	failure.text[text] = '\0';
	fact_set_failed(&process->fact, &failure, NULL);
	return 0;
}

/* -1: the packet is not what channel.h says. */
static int take_packet(struct process *process, struct incoming *incoming)
{
	struct channel_header header;
	const unsigned char *body = incoming->bytes + sizeof(header);
	int *fd = incoming->fd_count > 0 ? &incoming->fds[0] : NULL;

	if (incoming->length < sizeof(header))
		return -1;
	memcpy(&header, incoming->bytes, sizeof(header));
	if (header.length != incoming->length)
		return -1;
	switch ((enum channel_type)header.type) {
	case CHANNEL_INIT:
		return launch_init_announced(process, body, incoming->length - sizeof(header), fd);
	case CHANNEL_WAITING:
		launch_waiting(process);
		return 0;
	case CHANNEL_READY:
		launch_ready(process, fd);
		return 0;
	case CHANNEL_MASTER:
		launch_master(process, fd);
		return 0;
	case CHANNEL_FAILED:
		return child_failed(process, body, incoming->length - sizeof(header));
	case CHANNEL_CONTINUE:
	case CHANNEL_START:
		break;
	}
	return -1;
}

static bool restores(const struct process *process)
{
	return (process->flags & PLAN_RESTORE) != 0;
}

/* A restorer is no init: that one is still to come (launch_adopt). */
static void program_runs(struct process *process)
{
	if (!restores(process))
		launch_executed(process);
}

/* The child's end is closed: it has executed, or is dead or about to be. */
static void channel_ended(struct process *process)
{
	struct launch *launch = process->launch;
	int channel = loop_forget(&process->shim->loop, &launch->channel);

	descriptor_close(&channel);
	if (process->fact.type == 0 && launch->progress->phase == PHASE_EXEC)
		program_runs(process);
	else
		process_kill(process); /* what it says or how it dies is told when it has been reaped */
}

void launch_hear(struct process *process)
{
	static unsigned char bytes[PACKET_MAX];
	static struct incoming incoming = {.size = sizeof(bytes), .bytes = bytes};

	while (process->launch != NULL && process->launch->channel.fd >= 0) {
		enum receive_result result = message_receive(process->launch->channel.fd, &incoming);

		if (result == RECEIVE_NOTHING)
			return;
		if (result == RECEIVE_END) {
			channel_ended(process);
		} else if (result != RECEIVE_PACKET || take_packet(process, &incoming) != 0) {
			log_note("a launching child of '%s' sent what is no message; it is killed", process_name(process));
			process_kill(process);
		}
		incoming_release(&incoming);
	}
}

static void channel_ready(struct watch *watch, uint32_t events)
{
	struct launch *launch = OWNER(watch, struct launch, channel);

	(void)events;
	launch_hear(launch->process);
}

int prepare_channel(struct preparation *preparation)
{
	struct launch *launch = preparation->process->launch;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return failure_set(preparation->failure, PHASE_SHIM, errno, "could not make the channel to the new process");
	preparation->channel = ends[1];
	if (loop_watch(&preparation->process->shim->loop, &launch->channel, ends[0], EPOLLIN, channel_ready) != 0) {
		int error = errno;

		descriptor_close(&ends[0]);
		return failure_set(preparation->failure, PHASE_SHIM, error, "could not watch the channel to the new process");
	}
	launch->process = preparation->process;
	return 0;
}

/* Sends the engine's JSON on to the child, which is waiting for it, so that the socket is empty. */
static void pass_on(const struct request *request, enum channel_type type)
{
	struct channel_header header = {.type = type, .length = (uint32_t)(sizeof(header) + request->length)};
	struct iovec parts[2] = {{.iov_base = &header, .iov_len = sizeof(header)},
				 {.iov_base = (void *)request->body, .iov_len = request->length}};

	if (message_send(request->process->launch->channel.fd, parts, 2, NULL, 0) != 0) {
		/* EPIPE: it has died, which is told when it is reaped. */
		if (errno != EPIPE && errno != ECONNRESET)
			log_error(errno, "tell the launching child of '%s' to go on", process_name(request->process));
		process_kill(request->process);
	}
}

void launch_continue(const struct request *request)
{
	struct process *process = request->process;

	if (process->launch == NULL || !process->launch->await_continue || process->launch->channel.fd < 0) {
		engine_refuse(request->shim, request->tag, "'%s' does not wait for CONTINUE", process_name(process));
		return;
	}
	process->launch->await_continue = false;
	pass_on(request, CHANNEL_CONTINUE);
}

void launch_start(const struct request *request)
{
	struct process *process = request->process;

	if (process->state != PROCESS_READY || process->launch->channel.fd < 0) {
		engine_refuse(request->shim, request->tag, "'%s' does not wait for START", process_name(process));
		return;
	}
	process->state = PROCESS_LAUNCHING;
	pass_on(request, CHANNEL_START);
	launch_started_on(process);
}

/* It died without a word: what its cgroup has counted may tell why. */
static void set_failure_of_status(struct process *process, uint32_t phase, int wait_status)
{
	static struct failure failure;

	if (phase == 0)
		phase = PHASE_CLONE;
	if (WIFSIGNALED(wait_status))
		failure_set(&failure, (enum phase)phase, 0,
			    "the process was killed by signal %d during its start, at the step '%s'", WTERMSIG(wait_status),
			    phase_name(phase));
	else
		failure_set(&failure, (enum phase)phase, 0,
			    "the process ended with status %d during its start, at the step '%s'", WEXITSTATUS(wait_status),
			    phase_name(phase));
	fact_set_failed(&process->fact, &failure, &process->kept);
}

bool launch_child_ended(struct process *process, int wait_status)
{
	struct launch *launch = process->launch;

	launch_hear(process);
	if (process->started)
		return true;
	/* Somebody it left behind, such as a hook's own child, may hold the channel open; it has said all it will. */
	if (process->fact.type == 0 && launch->progress->phase == PHASE_EXEC && launch->channel.fd >= 0 &&
	    !restores(process)) {
		launch_executed(process);
		return true;
	}
	/* A container that was made and killed before its start has not failed: it has ended, as any other. */
	if (process->fact.type == 0 && process->state == PROCESS_READY) {
		process->started = true;
		process->started_ns = clock_wall_ns();
		launch_release(process);
		return true;
	}
	if (process->fact.type == 0 && restores(process) && launch->progress->phase == PHASE_EXEC)
		set_failure_of_status(process, PHASE_RESTORE, wait_status);
	else if (process->fact.type == 0)
		set_failure_of_status(process, launch->progress->phase, wait_status);
	ending_failed(process);
	return false;
}
