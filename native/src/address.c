/* SPDX-License-Identifier: Apache-2.0 */
#include "address.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

static bool read_prefix(const char *text, int most, int *prefix)
{
	char *end;
	long number = strtol(text, &end, 10);

	*prefix = (int)number;
	return text[0] >= '0' && text[0] <= '9' && *end == '\0' && number <= most;
}

bool address_read(const char *text, struct address *address)
{
	char plain[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t length = slash != NULL ? (size_t)(slash - text) : strlen(text);

	*address = (struct address){.prefix = -1};
	if (length >= sizeof plain)
		return false;
	memcpy(plain, text, length);
	plain[length] = '\0';
	address->family = strchr(plain, ':') != NULL ? AF_INET6 : AF_INET;
	address->length = address->family == AF_INET6 ? 16 : 4;
	if (inet_pton(address->family, plain, address->bytes) != 1)
		return false;
	return slash == NULL || read_prefix(slash + 1, (int)address->length * 8, &address->prefix);
}

uint32_t address_broadcast(const struct address *address)
{
	uint32_t value;

	memcpy(&value, address->bytes, sizeof value);
	return address->prefix >= 32 ? value : value | htonl(UINT32_MAX >> address->prefix);
}
