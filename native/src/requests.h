/* SPDX-License-Identifier: Apache-2.0 */
/*
 * requests.h - what an engine asks for.
 */
#ifndef CAISSON_REQUESTS_H
#define CAISSON_REQUESTS_H

#include "connection.h"
#include "message.h"

struct request {
	struct shim *shim;
	struct process *process; /* of the tag, where the request is about one that must be there */
	uint64_t tag;
	const unsigned char *body;
	size_t length;              /* of the body */
	struct incoming *incoming;  /* for its descriptors */
};

/* Checks one packet against the protocol and carries it out; one that breaks it refuses the connection. */
void request_handle(struct connection *connection, struct incoming *incoming, enum receive_result result);

/* The u32 at `offset` of the body, which is known to be there. */
uint32_t request_u32(const struct request *request, size_t offset);
uint64_t request_u64(const struct request *request, size_t offset);

#endif
