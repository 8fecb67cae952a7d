/* SPDX-License-Identifier: Apache-2.0 */
#include "link_remove.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "bridge.h"
#include "descriptor.h"
#include "link.h"

struct removal {
	char name[IFNAMSIZ];
	unsigned char mac[LINK_MAC];
	char bridge[IFNAMSIZ];
	const char *lock;
};

static bool read_removal(const char *text, struct removal *removal)
{
	int end = 0, read;

	read = sscanf(text, "%15s %2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx %15s %n", removal->name, &removal->mac[0],
		      &removal->mac[1], &removal->mac[2], &removal->mac[3], &removal->mac[4], &removal->mac[5],
		      removal->bridge, &end);
	removal->lock = text + end;
	return read == 2 + LINK_MAC && end > 0 && removal->lock[0] == '/';
}

bool link_remove_valid(const char *text)
{
	struct removal removal;

	return read_removal(text, &removal);
}

/* It may be gone already with the container's network namespace, or never have been made because somebody else had the name:
 * theirs has another address. */
static int remove_end(int socket, const struct removal *removal)
{
	struct link link;
	int error = link_find(socket, removal->name, &link);

	if (error == 0 && memcmp(link.mac, removal->mac, sizeof link.mac) == 0)
		error = link_delete(socket, link.index);
	return error == ENODEV ? 0 : error;
}

static int remove_one(const char *text)
{
	AUTO_CLOSE int socket = netlink_open();
	struct removal removal;
	int error;

	if (socket < 0)
		return errno;
	if (!read_removal(text, &removal))
		return EINVAL;
	error = remove_end(socket, &removal);
	return error != 0 ? error : bridge_remove_unused(removal.bridge, removal.lock);
}

int link_remove_all(const struct kept *kept, char *what, size_t size)
{
	struct kept_entry entry;
	size_t position = 0;
	int first = 0;

	while (kept_next(kept, KEPT_LINK, &position, &entry)) {
		int error = remove_one(entry.text);

		if (error != 0 && first == 0) {
			first = error;
			(void)snprintf(what, size, "network interface %s", entry.text);
		}
	}
	return first;
}
