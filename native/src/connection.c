/* SPDX-License-Identifier: Apache-2.0 */
#include "connection.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "descriptor.h"
#include "follow.h"
#include "list.h"
#include "log.h"
#include "message.h"
#include "one_shot.h"
#include "packet.h"
#include "process.h"
#include "requests.h"
#include "shim.h"
#include "socket.h"

/* With this much queued no further request is read. */
#define QUEUE_PAUSE ((size_t)256 << 10)
/* Requests served in a row before the loop looks at others. */
#define REQUESTS_IN_A_ROW 32

static void await(struct connection *connection)
{
	uint32_t events = connection->queued < QUEUE_PAUSE ? EPOLLIN : 0;

	if (connection->first != NULL)
		events |= EPOLLOUT;
	if (events != connection->events) {
		connection->events = events;
		loop_change(&connection->shim->loop, &connection->watch, events);
	}
}

/* Only wakes the loop, which then closes it: a sender further up must not find its connection freed. The peer sees the
 * end of the connection, which tells it that it no longer knows all. */
static void break_off(struct connection *connection, int error)
{
	if (error != EPIPE && error != ECONNRESET)
		log_error(error, "send to pid %d, the connection is given up", (int)connection->peer);
	if (shutdown(connection->watch.fd, SHUT_RDWR) != 0 && errno != ENOTCONN)
		log_error(errno, "shut the connection of pid %d down", (int)connection->peer);
}

/* The peer reads the end behind the REFUSED; what it still sends goes on being read, because closing with something unread
 * would turn the REFUSED that it has not read yet into ECONNRESET. */
static void end_refused(struct connection *connection)
{
	if (connection->state == CONNECTION_REFUSED && connection->first == NULL &&
	    shutdown(connection->watch.fd, SHUT_WR) != 0 && errno != ENOTCONN)
		log_error(errno, "shut the connection of pid %d down", (int)connection->peer);
}

static void drop_queue(struct connection *connection)
{
	while (connection->first != NULL) {
		struct packet *packet = connection->first;

		connection->first = packet->next;
		packet_free(packet);
	}
	connection->last = NULL;
	connection->queued = 0;
}

static void send_queued(struct connection *connection)
{
	while (connection->first != NULL) {
		struct packet *packet = connection->first;

		if (packet_send(packet, connection->watch.fd) != 0) {
			if (errno != EAGAIN)
				break_off(connection, errno);
			return;
		}
		connection->first = packet->next;
		connection->queued -= packet->length;
		packet_free(packet);
	}
	connection->last = NULL;
	end_refused(connection);
}

static void enqueue(struct connection *connection, const struct iovec *parts, size_t part_count, const struct body *body)
{
	struct packet *packet = packet_new(parts, part_count, body->fds, body->fd_count);

	if (packet == NULL) {
		break_off(connection, errno);
		return;
	}
	if (connection->last != NULL)
		connection->last->next = packet;
	else
		connection->first = packet;
	connection->last = packet;
	connection->queued += packet->length;
	await(connection);
}

void connection_send(struct connection *connection, uint32_t type, uint64_t tag, const struct body *body)
{
	struct msg_header header = {.type = type, .length = sizeof(header), .tag = tag};
	struct iovec parts[1 + sizeof(body->parts) / sizeof(body->parts[0])];

	parts[0] = (struct iovec){.iov_base = &header, .iov_len = sizeof(header)};
	for (size_t i = 0; i < body->part_count; i++) {
		parts[i + 1] = body->parts[i];
		header.length += (uint32_t)body->parts[i].iov_len;
	}
	if (connection->first == NULL) {
		if (message_send(connection->watch.fd, parts, body->part_count + 1, body->fds, body->fd_count) == 0)
			return;
		if (errno != EAGAIN) {
			break_off(connection, errno);
			return;
		}
	}
	enqueue(connection, parts, body->part_count + 1, body);
}

/* From now on the connection is not the engine's any more. */
static void engine_left(struct connection *connection)
{
	struct shim *shim = connection->shim;

	if (shim->connections.engine != connection)
		return;
	shim->connections.engine = NULL;
	connection->listing = false;
	follow_forget_all(shim);
	switch (shim->mode) {
	case MODE_TIED:
		shim_end(shim);
		break;
	case MODE_ONE_SHOT:
		one_shot_engine_left(shim);
		break;
	case MODE_LASTING:
		break;
	}
}

void connection_refuse(struct connection *connection, const char *format, ...)
{
	char text[512];
	struct body body = {.part_count = 1};
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	body.parts[0] = (struct iovec){.iov_base = text, .iov_len = strlen(text)};
	connection_send(connection, MSG_REFUSED, 0, &body);
	connection->state = CONNECTION_REFUSED;
	end_refused(connection);
	engine_left(connection);
}

/* Requests are read until there are none, the queue is too long or others are due. False: the connection has ended. */
static bool read_requests(struct connection *connection)
{
	static unsigned char bytes[MSG_MAX];
	static struct incoming incoming = {.size = sizeof(bytes), .bytes = bytes};

	for (int i = 0; i < REQUESTS_IN_A_ROW && connection->queued < QUEUE_PAUSE; i++) {
		enum receive_result result = message_receive(connection->watch.fd, &incoming);

		if (result != RECEIVE_NOTHING && result != RECEIVE_END && connection->state != CONNECTION_REFUSED)
			request_handle(connection, &incoming, result);
		incoming_release(&incoming);
		if (result == RECEIVE_NOTHING || result == RECEIVE_END)
			return result == RECEIVE_NOTHING;
	}
	return true;
}

static void connection_close(struct connection *connection)
{
	struct connections *connections = &connection->shim->connections;
	struct connection **link = &connections->first;
	int fd = loop_forget(&connection->shim->loop, &connection->watch);

	descriptor_close(&fd);
	while (*link != connection)
		link = &(*link)->next;
	*link = connection->next;
	connections->count--;
	drop_queue(connection);
	socket_resume(connection->shim);
	engine_left(connection);
	free(connection);
}

/* The peer sends no more. An engine that goes takes a shim with it that is not lasting; it may wait for the end of that by
 * waiting for our side of the connection, which therefore stays open until the process ends. */
static void peer_left(struct connection *connection)
{
	if (connection != connection->shim->connections.engine || connection->shim->mode == MODE_LASTING) {
		connection_close(connection);
		return;
	}
	(void)loop_forget(&connection->shim->loop, &connection->watch);
	drop_queue(connection);
	engine_left(connection);
}

static void connection_ready(struct watch *watch, uint32_t events)
{
	struct connection *connection = OWNER(watch, struct connection, watch);

	if ((events & EPOLLOUT) != 0)
		send_queued(connection);
	if ((events & EPOLLIN) != 0) {
		if (!read_requests(connection)) {
			peer_left(connection);
			return;
		}
	} else if ((events & (EPOLLHUP | EPOLLERR)) != 0) {
		peer_left(connection);
		return;
	}
	list_continue(connection);
	await(connection);
}

int connection_open(struct shim *shim, int fd, pid_t peer)
{
	struct connections *connections = &shim->connections;
	struct connection *connection;

	if (connections->count >= CONNECTIONS_MAX) {
		errno = EUSERS;
		return -1;
	}
	connection = calloc(1, sizeof(*connection));
	if (connection == NULL)
		return -1;
	connection->shim = shim;
	connection->peer = peer;
	connection->events = EPOLLIN;
	if (loop_watch(&shim->loop, &connection->watch, fd, EPOLLIN, connection_ready) != 0) {
		int error = errno;

		free(connection);
		errno = error;
		return -1;
	}
	connection->next = connections->first;
	connections->first = connection;
	connections->count++;
	return 0;
}

void connection_skip(struct connection *connection, const struct process *process)
{
	if (connection->listing && connection->list_next == process)
		connection->list_next = process->next;
}

bool engine_send(struct shim *shim, uint32_t type, uint64_t tag, const struct body *body)
{
	if (shim->connections.engine == NULL)
		return false;
	connection_send(shim->connections.engine, type, tag, body);
	return true;
}

bool engine_send_bytes(struct shim *shim, uint32_t type, uint64_t tag, const void *bytes, size_t length)
{
	struct body body = {.part_count = 1};

	body.parts[0] = (struct iovec){.iov_base = (void *)bytes, .iov_len = length};
	return engine_send(shim, type, tag, &body);
}

void engine_refuse(struct shim *shim, uint64_t tag, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	(void)engine_send_bytes(shim, MSG_REFUSED, tag, text, strlen(text));
}
