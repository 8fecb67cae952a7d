/* SPDX-License-Identifier: Apache-2.0 */
#include "packet.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "descriptor.h"
#include "message.h"

struct packet *packet_new(const struct iovec *parts, size_t part_count, const int *fds, unsigned int fd_count)
{
	struct packet *packet;
	size_t length = 0;

	for (size_t i = 0; i < part_count; i++)
		length += parts[i].iov_len;
	packet = calloc(1, sizeof(*packet) + fd_count * sizeof(int) + length);
	if (packet == NULL)
		return NULL;
	packet->fds = (int *)(packet + 1);
	packet->bytes = (unsigned char *)(packet->fds + fd_count);
	for (size_t i = 0; i < part_count; i++) {
		if (parts[i].iov_len > 0)
			memcpy(packet->bytes + packet->length, parts[i].iov_base, parts[i].iov_len);
		packet->length += parts[i].iov_len;
	}
	for (unsigned int i = 0; i < fd_count; i++) {
		packet->fds[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, 3);
		if (packet->fds[i] < 0) {
			packet_free(packet);
			return NULL;
		}
		packet->fd_count++;
	}
	return packet;
}

int packet_send(const struct packet *packet, int socket)
{
	struct iovec part = {.iov_base = packet->bytes, .iov_len = packet->length};

	return message_send(socket, &part, 1, packet->fds, packet->fd_count);
}

void packet_free(struct packet *packet)
{
	for (unsigned int i = 0; i < packet->fd_count; i++)
		descriptor_close(&packet->fds[i]);
	free(packet);
}
