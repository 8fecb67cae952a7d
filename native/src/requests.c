/* SPDX-License-Identifier: Apache-2.0 */
#include "requests.h"

#include <string.h>
#include <unistd.h>

#include "cleaning.h"
#include "descriptor.h"
#include "follow.h"
#include "launch.h"
#include "list.h"
#include "process.h"
#include "shim.h"
#include "signals.h"
#include "take.h"

#define BODY_MAX (MSG_MAX - sizeof(struct msg_header))
#define HELLO_BYTES 16

struct rule {
	void (*handle)(const struct request *request);
	size_t least, most; /* bytes of the body */
	enum { NO_FDS, MAY_HAVE_FD, NEEDS_FDS } fds; /* none; one or none; at least one, at most MSG_MAX_FDS */
	bool of_process;    /* the tag must be held */
};

static void shut_down(const struct request *request)
{
	bool force = request_u32(request, 0) != 0;

	if (!force && request->shim->processes.count > 0)
		engine_refuse(request->shim, request->tag, "%zu processes are held: clean them first, or shut down with force",
			      request->shim->processes.count);
	else
		shim_end(request->shim);
}

static const struct rule rules[] = {
	[MSG_LAUNCH] = {launch_request, 0, 0, NEEDS_FDS, false},
	[MSG_CONTINUE] = {launch_continue, 0, BODY_MAX, NO_FDS, true},
	[MSG_START] = {launch_start, 0, BODY_MAX, NO_FDS, true},
	[MSG_SIGNAL] = {signal_request, 4, 4, NO_FDS, false},
	[MSG_CLEAN] = {cleaning_request, 0, 0, NO_FDS, true},
	[MSG_LIST] = {list_request, 0, 0, NO_FDS, false},
	[MSG_FOLLOW] = {follow_request, 16, 16, NO_FDS, true},
	[MSG_CLOSE_STDIN] = {take_close_stdin, 0, 0, NO_FDS, true},
	[MSG_TAKE] = {take_request, 0, 0, NO_FDS, true},
	[MSG_SHUTDOWN] = {shut_down, 4, 4, NO_FDS, false},
	[MSG_ADOPT] = {launch_adopt, 8, 8, MAY_HAVE_FD, true},
};

uint32_t request_u32(const struct request *request, size_t offset)
{
	uint32_t value;

	memcpy(&value, request->body + offset, sizeof(value));
	return value;
}

uint64_t request_u64(const struct request *request, size_t offset)
{
	uint64_t value;

	memcpy(&value, request->body + offset, sizeof(value));
	return value;
}

static void greet(struct connection *connection, const struct request *request)
{
	struct shim *shim = connection->shim;
	uint32_t welcome[4] = {PROTOCOL_VERSION, (uint32_t)getpid(), shim->mode, (uint32_t)shim->processes.count};
	struct body body = {.parts = {{.iov_base = welcome, .iov_len = sizeof(welcome)}}, .part_count = 1};
	int starter;

	if (request->length != HELLO_BYTES || request->incoming->fd_count > 0 || request_u32(request, 0) != PROTOCOL_MAGIC) {
		connection_refuse(connection, "this is no HELLO of a caisson engine");
	} else if (request_u32(request, 4) != PROTOCOL_VERSION) {
		connection_refuse(connection, "the engine speaks version %u of the protocol, this shim version %u",
				  request_u32(request, 4), PROTOCOL_VERSION);
	} else if (shim->connections.engine != NULL) {
		connection_refuse(connection, "another engine is connected: pid %d", (int)shim->connections.engine->peer);
	} else if (shim->ending) {
		connection_refuse(connection, "this shim is ending");
	} else {
		connection->state = CONNECTION_ENGINE;
		shim->connections.engine = connection;
		starter = loop_forget(&shim->loop, &shim->starter);
		descriptor_close(&starter);
		connection_send(connection, MSG_WELCOME, 0, &body);
	}
}

static bool fds_fit(const struct rule *rule, unsigned int count)
{
	switch (rule->fds) {
	case NO_FDS:
		return count == 0;
	case MAY_HAVE_FD:
		return count <= 1;
	case NEEDS_FDS:
		break;
	}
	return count > 0 && count <= MSG_MAX_FDS;
}

static void serve(struct connection *connection, uint32_t type, struct request *request)
{
	const struct rule *rule = type < sizeof(rules) / sizeof(rules[0]) ? &rules[type] : NULL;

	if (rule == NULL || rule->handle == NULL) {
		connection_refuse(connection, "message type %u is not known or not to be sent by an engine", type);
		return;
	}
	if (request->length < rule->least || request->length > rule->most) {
		connection_refuse(connection, "message type %u has %zu bytes of body instead of %zu", type, request->length,
				  rule->least);
		return;
	}
	if (!fds_fit(rule, request->incoming->fd_count)) {
		connection_refuse(connection, "message type %u came with %u descriptors", type, request->incoming->fd_count);
		return;
	}
	if (rule->of_process) {
		request->process = process_table_find(&request->shim->processes, request->tag);
		if (request->process == NULL) {
			engine_refuse(request->shim, request->tag, "no process with this tag is held");
			return;
		}
	}
	rule->handle(request);
}

void request_handle(struct connection *connection, struct incoming *incoming, enum receive_result result)
{
	struct msg_header header;
	struct request request;

	if (result == RECEIVE_TOO_LONG) {
		connection_refuse(connection, "a message is longer than %d bytes", MSG_MAX);
		return;
	}
	if (incoming->length < sizeof(header)) {
		connection_refuse(connection, "a message of %zu bytes has no header", incoming->length);
		return;
	}
	memcpy(&header, incoming->bytes, sizeof(header));
	if (header.length != incoming->length) {
		connection_refuse(connection, "a message of %zu bytes says that it has %u", incoming->length, header.length);
		return;
	}
	request = (struct request){.shim = connection->shim, .tag = header.tag, .incoming = incoming,
				   .body = incoming->bytes + sizeof(header), .length = incoming->length - sizeof(header)};
	if (connection->state == CONNECTION_NEW) {
		if (header.type == MSG_HELLO)
			greet(connection, &request);
		else
			connection_refuse(connection, "the first message must be HELLO, not type %u", header.type);
		return;
	}
	if (result == RECEIVE_OUT_OF_FDS) {
		launch_out_of_descriptors(&request);
		return;
	}
	serve(connection, header.type, &request);
}
