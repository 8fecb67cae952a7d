/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message.h - one packet of a SOCK_SEQPACKET socket with the descriptors beside it.
 */
#ifndef CAISSON_MESSAGE_H
#define CAISSON_MESSAGE_H

#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

/* What the kernel passes at most in one message (SCM_MAX_FD, unix(7)). Room for all of them means that a truncated
 * control message has one reason only: our own descriptors ran out. */
#define MESSAGE_FDS_KERNEL 253

struct incoming {
	size_t size;           /* of `bytes`, set by the owner */
	unsigned char *bytes;
	size_t length;
	unsigned int fd_count;
	int fds[MESSAGE_FDS_KERNEL]; /* CLOEXEC; one that was taken over is set to -1 */
};

enum receive_result {
	RECEIVE_PACKET,
	RECEIVE_NOTHING,     /* would block */
	RECEIVE_END,         /* the peer closed, or the connection broke */
	RECEIVE_TOO_LONG,    /* the packet did not fit */
	RECEIVE_OUT_OF_FDS,  /* our descriptor limit: some of what was passed is lost */
};

/* Never blocks. Whatever the result, incoming_release() is due. */
enum receive_result message_receive(int socket, struct incoming *incoming);

/* Closes the descriptors that nobody took over. */
void incoming_release(struct incoming *incoming);

/* Sends one packet without blocking and without SIGPIPE. 0, or -1 with errno (EAGAIN: the peer does not read). The
 * descriptors stay the caller's. */
int message_send(int socket, const struct iovec *parts, size_t part_count, const int *fds, unsigned int fd_count);

#endif
