/* SPDX-License-Identifier: Apache-2.0 */
#include "seccomp.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PID_SIZE 16

/* E_SECCOMP_LISTENER's strings, joined by the process's pid as the host has it. */
static char *make_message(const struct child *child, struct plan_fields *fields)
{
	char pid[PID_SIZE];
	ssize_t length = readlinkat(child->proc, "self", pid, sizeof pid - 1);
	uint32_t count = field_list(fields);
	struct plan_fields again = *fields;
	size_t size = 1;

	if (length < 0)
		child_fail(child, errno, "read the own pid from the host's /proc");
	pid[length] = '\0';
	for (uint32_t i = 0; i < count; i++)
		size += strlen(field_string(&again)) + PID_SIZE;
	char *message = child_allocate(child, size, 1), *to = message;
	for (uint32_t i = 0; i < count; i++)
		to += sprintf(to, "%s%s", i ? pid : "", field_string(fields));
	return message;
}

static void send_listener(const struct child *child, int socket, char *message, int listener)
{
	struct iovec part = {message, strlen(message)};
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
	struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};

	memcpy(CMSG_DATA(&control.header), &listener, sizeof listener);
	if (sendmsg(socket, &packet, MSG_NOSIGNAL) < 0)
		child_fail(child, errno, "hand the seccomp listener to its agent");
	(void)close(listener); /* it is CLOEXEC in any case */
}

void seccomp_load(const struct child *child)
{
	struct plan_fields fields, listener;
	struct sock_fprog program;
	char *message = NULL;
	int socket = -1;

	if (!plan_find(child->plan, E_SECCOMP, &fields))
		return;
	if (plan_find(child->plan, E_SECCOMP_LISTENER, &listener)) {
		socket = child->context->fds[field_u32(&listener)];
		message = make_message(child, &listener);
	}
	uint32_t flags = field_u32(&fields);
	struct plan_bytes bytes = field_bytes(&fields);
	program.len = (unsigned short)(bytes.length / sizeof(struct sock_filter));
	program.filter = (struct sock_filter *)(uintptr_t)bytes.data;
	long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
	if (result < 0)
		child_fail(child, errno, "load the seccomp filter of %u instructions", program.len);
	if (message)
		send_listener(child, socket, message, (int)result);
}
