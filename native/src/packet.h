/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packet.h - a message that waits until its socket takes it, with its own copies of the descriptors.
 */
#ifndef CAISSON_PACKET_H
#define CAISSON_PACKET_H

#include <stddef.h>
#include <sys/uio.h>

struct packet {
	struct packet *next;
	size_t length;
	unsigned int fd_count;
	int *fds;              /* behind the bytes */
	unsigned char *bytes;
};

/* NULL with errno: no memory or no descriptors. */
struct packet *packet_new(const struct iovec *parts, size_t part_count, const int *fds, unsigned int fd_count);

/* 0, or -1 with errno (EAGAIN: not yet). */
int packet_send(const struct packet *packet, int socket);

void packet_free(struct packet *packet);

#endif
