/* SPDX-License-Identifier: Apache-2.0 */
#include "child_channel.h"

#include <errno.h>
#include <string.h>
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
