/* SPDX-License-Identifier: Apache-2.0 */
#include "child_channel.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

void channel_send(struct child *child, enum channel_type type, const uint32_t *body, int fd)
{
	struct channel_header header = {.type = type, .length = sizeof header + (body ? sizeof *body : 0)};
	struct iovec parts[] = {{&header, sizeof header}, {(void *)(uintptr_t)body, sizeof *body}};
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = body ? 2 : 1};

	if (fd >= 0) {
		memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
		message.msg_control = &control;
		message.msg_controllen = sizeof control;
	}
	if (sendmsg(child->channel, &message, MSG_NOSIGNAL) < 0)
		child_fail(child, errno, "tell the shim how far the start has come");
}

void channel_wait(struct child *child, enum channel_type type)
{
	static char packet[MSG_MAX + 1];
	struct channel_header header;
	ssize_t length;

	do
		length = recv(child->channel, packet, sizeof packet - 1, 0);
	while (length < 0 && errno == EINTR);
	if (length == 0)
		_exit(1);
	if (length < 0)
		child_fail(child, errno, "wait for the shim");
	memcpy(&header, packet, sizeof header);
	if ((size_t)length < sizeof header || header.length != (size_t)length || header.type != type)
		child_fail(child, EPROTO, "wait for message %d of the shim, but %u came", (int)type, header.type);
	packet[length] = '\0';
	child->state = packet + sizeof header;
}

void channel_die_with_shim(const struct child *child)
{
	struct pollfd channel = {.fd = child->channel, .events = 0};

	if (!child->context->die_with_parent)
		return;
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		child_fail(child, errno, "have the kernel end the process with the shim");
	/* getppid(2) says nothing in a pid namespace; the socket of a shim that died before the prctl is hung up. */
	if (poll(&channel, 1, 0) > 0 && (channel.revents & (POLLHUP | POLLERR)))
		_exit(1);
}
