/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>

#include "descriptor.h"

int bridge_lock(const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	int result;

	if (fd < 0)
		return -1;
	do
		result = flock(fd, LOCK_EX);
	while (result != 0 && errno == EINTR);
	return result != 0 ? -1 : descriptor_take(&fd);
}

/* A bridge without an address of its own takes the lowest of its ports': it would change whenever one comes or goes, and its
 * neighbours would talk to nobody for a while. */
static int choose_mac(unsigned char mac[LINK_MAC])
{
	if (getrandom(mac, LINK_MAC, 0) != LINK_MAC)
		return errno;
	mac[0] = (unsigned char)((mac[0] & 0xfcu) | 0x02u); /* locally administered, of one host */
	return 0;
}

static int make(int socket, const char *name, char text[static NETLINK_TEXT])
{
	struct ifinfomsg head = {.ifi_flags = IFF_UP, .ifi_change = IFF_UP};
	struct netlink_message message;
	unsigned char mac[LINK_MAC];
	size_t information;
	int error = choose_mac(mac);

	text[0] = '\0';
	if (error != 0)
		return error;
	netlink_begin(&message, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &head, sizeof head);
	netlink_put_string(&message, IFLA_IFNAME, name);
	netlink_put_u32(&message, IFLA_GROUP, BRIDGE_GROUP);
	netlink_put(&message, IFLA_ADDRESS, mac, sizeof mac);
	information = netlink_open_nest(&message, IFLA_LINKINFO, NULL, 0);
	netlink_put_string(&message, IFLA_INFO_KIND, "bridge");
	netlink_close_nest(&message, information);
	return netlink_do(socket, &message, text);
}

/* A container of IPv6 may find a bridge that was made for others, of IPv4. */
static int give_addresses(int socket, const struct link *bridge, const char *name, struct plan_fields addresses, char *what,
			  size_t size)
{
	char text[NETLINK_TEXT];

	for (uint32_t count = field_list(&addresses); count > 0; count--) {
		const char *address = field_string(&addresses);
		int error = link_add_address(socket, bridge->index, address, text);

		if (error != 0 && error != EEXIST) {
			(void)snprintf(what, size, "give the bridge %s the address %s%s%s", name, address,
				       text[0] ? ": " : "", text);
			return error;
		}
	}
	return 0;
}

/* Under the lock nobody of us makes it at the same time; somebody else may, and then it is theirs. */
static int find_or_make(int socket, const char *name, struct link *bridge, char *what, size_t size)
{
	char text[NETLINK_TEXT] = "";
	int error = link_find(socket, name, bridge);

	if (error == ENODEV) {
		error = make(socket, name, text);
		if (error != 0 && error != EEXIST) {
			(void)snprintf(what, size, "make the bridge %s%s%s", name, text[0] ? ": " : "", text);
			return error;
		}
		error = link_find(socket, name, bridge);
	}
	if (error != 0)
		(void)snprintf(what, size, "look for the bridge %s", name);
	return error;
}

int bridge_ensure(int socket, const char *name, struct plan_fields addresses, struct link *bridge, char *what, size_t size)
{
	int error = find_or_make(socket, name, bridge, what, size);

	if (error != 0)
		return error;
	if (strcmp(bridge->kind, "bridge") != 0) {
		(void)snprintf(what, size, "use %s as a bridge, which it is not", name);
		return EOPNOTSUPP;
	}
	return bridge->group == BRIDGE_GROUP ? give_addresses(socket, bridge, name, addresses, what, size) : 0;
}

int bridge_remove_unused(const char *name, const char *lock)
{
	AUTO_CLOSE int held = bridge_lock(lock);
	AUTO_CLOSE int socket = netlink_open();
	AUTO_CLOSE int counting = netlink_open();
	struct link bridge;
	bool used;
	int error;

	if (held < 0 || socket < 0 || counting < 0)
		return errno;
	error = link_find(socket, name, &bridge);
	if (error != 0)
		return error == ENODEV ? 0 : error;
	if (bridge.group != BRIDGE_GROUP || strcmp(bridge.kind, "bridge") != 0)
		return 0;
	error = link_has_ports(counting, bridge.index, &used);
	if (error != 0 || used)
		return error;
	error = link_delete(socket, bridge.index);
	return error == ENODEV ? 0 : error;
}
