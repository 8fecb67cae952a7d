/* SPDX-License-Identifier: Apache-2.0 */
/*
 * connection.h - a connected socket: the engine's, one that has not said HELLO yet, or one that was refused and is only
 * kept until its peer has read why.
 *
 * Sending never blocks: what the socket does not take is queued, and while much is queued no further requests are read,
 * so that the queue is bounded by what a single request can cause plus what the held processes have to tell.
 */
#ifndef CAISSON_CONNECTION_H
#define CAISSON_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "loop.h"

struct shim;
struct process;
struct packet;

#define CONNECTIONS_MAX 16

enum connection_state { CONNECTION_NEW, CONNECTION_ENGINE, CONNECTION_REFUSED };

struct connection {
	struct connection *next;
	struct shim *shim;
	struct watch watch;
	pid_t peer;
	enum connection_state state;
	uint32_t events;           /* what the loop awaits */
	struct packet *first, *last;
	size_t queued;             /* bytes */
	bool listing;
	struct process *list_next; /* LIST goes on with this one when the queue has drained */
};

struct connections {
	struct connection *first;
	unsigned int count;
	struct connection *engine; /* the one that has said HELLO, or NULL */
};

/* Takes over `fd` on success. 0, or -1 with errno. */
int connection_open(struct shim *shim, int fd, pid_t peer);

/* MSG_REFUSED about the whole connection, which from now on only waits for its peer to go. */
__attribute__((format(printf, 2, 3))) void connection_refuse(struct connection *connection, const char *format, ...);

/* A process is about to be forgotten: a LIST under way must not step on it. */
void connection_skip(struct connection *connection, const struct process *process);

struct body {
	struct iovec parts[3];
	size_t part_count;
	const int *fds; /* stay the caller's */
	unsigned int fd_count;
};

/* Sends or queues one message. */
void connection_send(struct connection *connection, uint32_t type, uint64_t tag, const struct body *body);

/* To the engine, if there is one; false: there is none, and the message is not sent. */
bool engine_send(struct shim *shim, uint32_t type, uint64_t tag, const struct body *body);
bool engine_send_bytes(struct shim *shim, uint32_t type, uint64_t tag, const void *bytes, size_t length);

/* MSG_REFUSED about one request; the connection goes on. */
__attribute__((format(printf, 3, 4))) void engine_refuse(struct shim *shim, uint64_t tag, const char *format, ...);

#endif
