/* SPDX-License-Identifier: Apache-2.0 */
/*
 * netlink.h - messages of rtnetlink(7): built in one buffer, sent, and their answer taken.
 */
#ifndef CAISSON_NETLINK_H
#define CAISSON_NETLINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NETLINK_MESSAGE_MAX 1024
#define NETLINK_TEXT 160

/* One request. What does not fit any more is noted, and the request is refused when it is sent. */
struct netlink_message {
	_Alignas(4) unsigned char bytes[NETLINK_MESSAGE_MAX];
	size_t length;
	bool too_long;
};

/* Begins a request with the header of its family, which is copied. */
void netlink_begin(struct netlink_message *message, uint16_t type, uint16_t flags, const void *header, size_t size);

void netlink_put(struct netlink_message *message, uint16_t type, const void *value, size_t size);
void netlink_put_u32(struct netlink_message *message, uint16_t type, uint32_t value);
void netlink_put_string(struct netlink_message *message, uint16_t type, const char *value);

/* Attributes that follow are inside of it until netlink_close() is given what this returned. `header` may be NULL. */
size_t netlink_open_nest(struct netlink_message *message, uint16_t type, const void *header, size_t size);
void netlink_close_nest(struct netlink_message *message, size_t nest);

/* A socket of the network namespace that the caller is in, or -1 with errno. */
int netlink_open(void);

/* Asks for something to be done. 0, or an errno and in `text` what the kernel says of it (may be empty). */
int netlink_do(int socket, struct netlink_message *message, char text[static NETLINK_TEXT]);

/* Calls `take` for each message that answers; until it returns false. 0 or an errno. With NLM_F_DUMP among the message's
 * flags the answer has several; the socket is of no more use when such an answer was not taken to its end. */
int netlink_ask(int socket, struct netlink_message *message,
		bool (*take)(uint16_t type, const void *payload, size_t size, void *context), void *context);

/* The attribute of that type among `size` bytes of attributes; NULL: there is none. */
const void *netlink_find(const void *attributes, size_t size, uint16_t type, size_t *length);

#endif
