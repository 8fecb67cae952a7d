/* SPDX-License-Identifier: Apache-2.0 */
#include "netlink.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "descriptor.h"

/* The kernel makes its packets of a dump no larger for somebody who receives with this much (netlink(7)). */
#define ANSWER_MAX 32768

static void *reserve(struct netlink_message *message, size_t size)
{
	unsigned char *at = message->bytes + message->length;
	size_t aligned = NLMSG_ALIGN(size);

	if (sizeof message->bytes - message->length < aligned) {
		message->too_long = true;
		return NULL;
	}
	memset(at, 0, aligned);
	message->length += aligned;
	return at;
}

void netlink_begin(struct netlink_message *message, uint16_t type, uint16_t flags, const void *header, size_t size)
{
	struct nlmsghdr head = {.nlmsg_type = type, .nlmsg_flags = (uint16_t)(flags | NLM_F_REQUEST)};

	message->length = 0;
	message->too_long = false;
	memcpy(reserve(message, sizeof head), &head, sizeof head);
	memcpy(reserve(message, size), header, size);
}

void netlink_put(struct netlink_message *message, uint16_t type, const void *value, size_t size)
{
	struct nlattr head = {.nla_len = (uint16_t)(NLA_HDRLEN + size), .nla_type = type};
	unsigned char *at = reserve(message, NLA_HDRLEN + size);

	if (at == NULL)
		return;
	memcpy(at, &head, sizeof head);
	if (size > 0)
		memcpy(at + NLA_HDRLEN, value, size);
}

void netlink_put_u32(struct netlink_message *message, uint16_t type, uint32_t value)
{
	netlink_put(message, type, &value, sizeof value);
}

void netlink_put_string(struct netlink_message *message, uint16_t type, const char *value)
{
	netlink_put(message, type, value, strlen(value) + 1);
}

size_t netlink_open_nest(struct netlink_message *message, uint16_t type, const void *header, size_t size)
{
	size_t nest = message->length;

	netlink_put(message, type, header, size);
	return nest;
}

void netlink_close_nest(struct netlink_message *message, size_t nest)
{
	uint16_t length = (uint16_t)(message->length - nest);

	if (!message->too_long)
		memcpy(message->bytes + nest + offsetof(struct nlattr, nla_len), &length, sizeof length);
}

int netlink_open(void)
{
	AUTO_CLOSE int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int on = 1;

	/* The kernel's own words for a refusal, without the refused message once more (Linux 4.12). */
	if (fd < 0 || setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on) != 0 ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on) != 0)
		return -1;
	return descriptor_take(&fd);
}

static int send_request(int socket, struct netlink_message *message, uint16_t flags)
{
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
	uint32_t length = (uint32_t)message->length;
	struct nlmsghdr head;

	if (message->too_long)
		return EMSGSIZE;
	memcpy(&head, message->bytes, sizeof head);
	head.nlmsg_len = length;
	head.nlmsg_flags |= flags;
	memcpy(message->bytes, &head, sizeof head);
	return sendto(socket, message->bytes, length, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0 ? errno : 0;
}

/* -1 with errno; ENOBUFS and truncation too are failures: an answer that was lost is none. */
static ssize_t receive(int socket, void *buffer, size_t size)
{
	ssize_t length;

	do
		length = recv(socket, buffer, size, MSG_TRUNC);
	while (length < 0 && errno == EINTR);
	if (length > (ssize_t)size) {
		errno = EMSGSIZE;
		return -1;
	}
	return length;
}

const void *netlink_find(const void *attributes, size_t size, uint16_t type, size_t *length)
{
	const unsigned char *at = attributes;
	struct nlattr head;

	while (size >= NLA_HDRLEN) {
		memcpy(&head, at, sizeof head);
		if (head.nla_len < NLA_HDRLEN || head.nla_len > size)
			return NULL;
		if ((head.nla_type & NLA_TYPE_MASK) == type) {
			*length = head.nla_len - (size_t)NLA_HDRLEN;
			return at + NLA_HDRLEN;
		}
		if ((size_t)NLA_ALIGN(head.nla_len) >= size)
			return NULL;
		at += NLA_ALIGN(head.nla_len);
		size -= NLA_ALIGN(head.nla_len);
	}
	return NULL;
}

/* What an NLMSG_ERROR says: its errno, 0 for a plain yes. */
static int take_error(const struct nlmsghdr *head, const unsigned char *payload, size_t size, char *text)
{
	struct nlmsgerr error;
	const char *words;
	size_t length;

	if (size < sizeof error)
		return EPROTO;
	memcpy(&error, payload, sizeof error);
	if (text == NULL || (head->nlmsg_flags & NLM_F_ACK_TLVS) == 0)
		return -error.error;
	words = netlink_find(payload + sizeof error, size - sizeof error, NLMSGERR_ATTR_MSG, &length);
	if (words != NULL)
		(void)snprintf(text, NETLINK_TEXT, "%.*s", (int)length, words);
	return -error.error;
}

struct answer {
	bool (*take)(uint16_t type, const void *payload, size_t size, void *context);
	void *context;
	char *text;
	bool dump;
};

/* True: that was the last of the answer, and *error is how it ends. */
static bool take_packet(const struct answer *answer, const unsigned char *at, size_t left, int *error)
{
	struct nlmsghdr head;

	*error = 0;
	while (left >= sizeof head) {
		memcpy(&head, at, sizeof head);
		if (head.nlmsg_len < sizeof head || head.nlmsg_len > left) {
			*error = EPROTO;
			return true;
		}
		const unsigned char *payload = at + NLMSG_HDRLEN;
		size_t size = head.nlmsg_len - (size_t)NLMSG_HDRLEN;

		if (head.nlmsg_type == NLMSG_ERROR) {
			*error = take_error(&head, payload, size, answer->text);
			return true;
		}
		if (head.nlmsg_type == NLMSG_DONE)
			return true;
		if (answer->take != NULL && !answer->take(head.nlmsg_type, payload, size, answer->context))
			return true;
		if (!answer->dump)
			return true;
		if (NLMSG_ALIGN(head.nlmsg_len) >= left)
			break;
		at += NLMSG_ALIGN(head.nlmsg_len);
		left -= NLMSG_ALIGN(head.nlmsg_len);
	}
	return false;
}

static int take_answer(int socket, const struct answer *answer)
{
	static _Alignas(4) unsigned char bytes[ANSWER_MAX];
	int error;

	for (;;) {
		ssize_t length = receive(socket, bytes, sizeof bytes);

		if (length < 0)
			return errno;
		if (take_packet(answer, bytes, (size_t)length, &error))
			return error;
	}
}

int netlink_do(int socket, struct netlink_message *message, char text[static NETLINK_TEXT])
{
	struct answer answer = {.text = text};
	int error = send_request(socket, message, NLM_F_ACK);

	text[0] = '\0';
	return error != 0 ? error : take_answer(socket, &answer);
}

int netlink_ask(int socket, struct netlink_message *message,
		bool (*take)(uint16_t type, const void *payload, size_t size, void *context), void *context)
{
	struct nlmsghdr head;
	struct answer answer = {.take = take, .context = context};
	int error;

	memcpy(&head, message->bytes, sizeof head);
	answer.dump = (head.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
	error = send_request(socket, message, 0);
	return error != 0 ? error : take_answer(socket, &answer);
}
