/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "descriptor.h"

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int) * MESSAGE_FDS_KERNEL)];
};

static void take_descriptors(struct msghdr *message, struct incoming *incoming)
{
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL; part = CMSG_NXTHDR(message, part)) {
		size_t bytes = part->cmsg_len - CMSG_LEN(0);
		unsigned int count = (unsigned int)(bytes / sizeof(int));

		if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
			continue;
		memcpy(incoming->fds + incoming->fd_count, CMSG_DATA(part), count * sizeof(int));
		incoming->fd_count += count;
	}
}

enum receive_result message_receive(int socket, struct incoming *incoming)
{
	union control control;
	struct iovec body = {.iov_base = incoming->bytes, .iov_len = incoming->size};
	struct msghdr message = {
		.msg_iov = &body, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control.bytes)};
	ssize_t length;

	incoming->length = 0;
	incoming->fd_count = 0;
	do
		length = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		return errno == EAGAIN ? RECEIVE_NOTHING : RECEIVE_END;
	take_descriptors(&message, incoming);
	/* An empty packet of a seqpacket socket looks like its end; nobody here sends one. */
	if (length == 0)
		return RECEIVE_END;
	incoming->length = (size_t)length;
	if ((message.msg_flags & MSG_TRUNC) != 0)
		return RECEIVE_TOO_LONG;
	if ((message.msg_flags & MSG_CTRUNC) != 0)
		return RECEIVE_OUT_OF_FDS;
	return RECEIVE_PACKET;
}

void incoming_release(struct incoming *incoming)
{
	for (unsigned int i = 0; i < incoming->fd_count; i++)
		descriptor_close(&incoming->fds[i]);
	incoming->fd_count = 0;
}

int message_send(int socket, const struct iovec *parts, size_t part_count, const int *fds, unsigned int fd_count)
{
	union control control;
	struct msghdr message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = part_count};
	ssize_t sent;

	if (fd_count > 0) {
		struct cmsghdr *rights = &control.header;

		memset(&control, 0, CMSG_SPACE(sizeof(int) * fd_count));
		rights->cmsg_level = SOL_SOCKET;
		rights->cmsg_type = SCM_RIGHTS;
		rights->cmsg_len = CMSG_LEN(sizeof(int) * fd_count);
		memcpy(CMSG_DATA(rights), fds, sizeof(int) * fd_count);
		message.msg_control = control.bytes;
		message.msg_controllen = CMSG_SPACE(sizeof(int) * fd_count);
	}
	do
		sent = sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -1 : 0;
}
