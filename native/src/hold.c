/* SPDX-License-Identifier: Apache-2.0 */
#include "hold.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "child_channel.h"

void hold_created(struct child *child)
{
	if (!(child->plan->flags & PLAN_AWAIT_CONTINUE))
		return;
	channel_send(child, CHANNEL_WAITING, NULL, -1);
	channel_wait(child, CHANNEL_CONTINUE);
}

/* The shim is gone by the time that somebody opens the other end: from then on failures go there. */
static void pass_gate(struct child *child, int fifo)
{
	char path[32];
	int fd;

	/* Opened through the host's own /proc; "fd/N" is a magic link, which is how an O_PATH descriptor is opened. */
	snprintf(path, sizeof path, "self/fd/%d", fifo);
	fd = openat(child->proc, path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		child_fail(child, errno, "wait at the FIFO for the start");
	(void)close(child->channel);
	child->channel = fd;
	child->gated = true;
}

void hold_ready(struct child *child)
{
	struct plan_fields fields;

	if (child->plan->flags & PLAN_HOLD) {
		channel_send(child, CHANNEL_READY, NULL, child->pty_master);
		channel_wait(child, CHANNEL_START);
	} else if (child->pty_master >= 0) {
		channel_send(child, CHANNEL_MASTER, NULL, child->pty_master);
	}
	if (child->pty_master >= 0)
		(void)close(child->pty_master);
	child->pty_master = -1;
	if (plan_find(child->plan, E_GATE_FIFO, &fields))
		pass_gate(child, child->context->fds[field_u32(&fields)]);
}
