/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

#include <errno.h>
#include <string.h>

#include "log.h"
#include "process.h"
#include "record.h"
#include "shim.h"
#include "spool.h"

#define LIST_PAUSE ((size_t)64 << 10)

static void send_held(struct connection *connection, struct process *process)
{
	char name[RECORD_NAME_MAX];
	struct record record;
	struct kept on_disk = {0};
	struct kept_entry blob = {.text = ""};
	size_t position = 0;
	const char *id = kept_text(&process->kept, KEPT_ID);
	struct msg_held held = {.state = process_held_state(process), .pid = (uint32_t)process->pid,
				.start_time = process->start_time, .started_ns = process->started_ns,
				.kind = process->kind, .flags = process->flags, .target = process->target,
				.id_length = id != NULL ? (uint32_t)strlen(id) : 0};
	struct body body = {.part_count = 3};

	record_name(process->tag, name);
	if (process->recorded && record_read(connection->shim, name, &record, &on_disk) != 0)
		log_error(errno, "read record %s", name);
	else
		(void)kept_next(&on_disk, KEPT_BLOB, &position, &blob);
	held.blob_length = blob.length;
	for (int stream = 0; stream < 2; stream++)
		spool_position(process->spools[stream], &held.spooled[stream], &held.consumed[stream]);
	body.parts[0] = (struct iovec){.iov_base = &held, .iov_len = sizeof(held)};
	body.parts[1] = (struct iovec){.iov_base = (void *)id, .iov_len = held.id_length};
	body.parts[2] = (struct iovec){.iov_base = (void *)blob.text, .iov_len = blob.length};
	connection_send(connection, MSG_HELD, process->tag, &body);
	kept_free(&on_disk);
	if (process->state != PROCESS_ENDED && held.state != HELD_EXITED)
		return;
	body = fact_body(&process->fact);
	connection_send(connection, process->fact.type, process->tag, &body);
	if (process->fact.type == MSG_FAILED)
		process_forget(process);
}

void list_request(const struct request *request)
{
	struct connection *connection = request->shim->connections.engine;

	if (connection->listing) {
		connection_refuse(connection, "LIST while another one is under way");
		return;
	}
	connection->listing = true;
	connection->list_next = request->shim->processes.oldest;
	list_continue(connection);
}

void list_continue(struct connection *connection)
{
	static const struct body nothing;

	while (connection->listing && connection->queued < LIST_PAUSE) {
		struct process *process = connection->list_next;

		if (process == NULL) {
			connection->listing = false;
			connection_send(connection, MSG_LIST_END, 0, &nothing);
			return;
		}
		connection->list_next = process->next;
		send_held(connection, process);
	}
}
