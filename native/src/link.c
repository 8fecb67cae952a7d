/* SPDX-License-Identifier: Apache-2.0 */
#include "link.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "address.h"

/* An answer about a link is some 1500 bytes, most of them counters. */
static void ask_without_counters(struct netlink_message *message)
{
	netlink_put_u32(message, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
}

static void take_kind(struct link *link, const void *information, size_t size)
{
	size_t length;
	const char *kind = netlink_find(information, size, IFLA_INFO_KIND, &length);

	if (kind != NULL && length < sizeof link->kind)
		memcpy(link->kind, kind, length);
}

static bool take_link(uint16_t type, const void *payload, size_t size, void *context)
{
	struct link *link = context;
	struct ifinfomsg head;
	const unsigned char *attributes = (const unsigned char *)payload + NLMSG_ALIGN(sizeof head);
	const void *value;
	size_t length;

	if (type != RTM_NEWLINK || size < NLMSG_ALIGN(sizeof head))
		return false;
	memcpy(&head, payload, sizeof head);
	link->index = head.ifi_index;
	size -= NLMSG_ALIGN(sizeof head);
	value = netlink_find(attributes, size, IFLA_GROUP, &length);
	if (value != NULL && length == sizeof link->group)
		memcpy(&link->group, value, length);
	value = netlink_find(attributes, size, IFLA_ADDRESS, &length);
	if (value != NULL && length == sizeof link->mac)
		memcpy(link->mac, value, length);
	value = netlink_find(attributes, size, IFLA_LINKINFO, &length);
	if (value != NULL)
		take_kind(link, value, length);
	return true;
}

int link_find(int socket, const char *name, struct link *link)
{
	struct netlink_message message;
	int error;

	*link = (struct link){0};
	netlink_begin(&message, RTM_GETLINK, 0, &(struct ifinfomsg){0}, sizeof(struct ifinfomsg));
	netlink_put_string(&message, IFLA_IFNAME, name);
	ask_without_counters(&message);
	error = netlink_ask(socket, &message, take_link, link);
	return error == 0 && link->index == 0 ? EPROTO : error;
}

int link_delete(int socket, int32_t index)
{
	struct netlink_message message;
	char text[NETLINK_TEXT];

	netlink_begin(&message, RTM_DELLINK, 0, &(struct ifinfomsg){.ifi_index = index}, sizeof(struct ifinfomsg));
	return netlink_do(socket, &message, text);
}

int link_set_up(int socket, int32_t index)
{
	struct ifinfomsg head = {.ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
	struct netlink_message message;
	char text[NETLINK_TEXT];

	netlink_begin(&message, RTM_NEWLINK, 0, &head, sizeof head);
	return netlink_do(socket, &message, text);
}

int link_route_localhost(int socket, int32_t index)
{
	struct netlink_message message;
	char text[NETLINK_TEXT];
	size_t specific, family, settings;

	netlink_begin(&message, RTM_NEWLINK, 0, &(struct ifinfomsg){.ifi_index = index}, sizeof(struct ifinfomsg));
	specific = netlink_open_nest(&message, IFLA_AF_SPEC, NULL, 0);
	family = netlink_open_nest(&message, AF_INET, NULL, 0);
	settings = netlink_open_nest(&message, IFLA_INET_CONF, NULL, 0);
	netlink_put_u32(&message, IPV4_DEVCONF_ROUTE_LOCALNET, 1);
	netlink_close_nest(&message, settings);
	netlink_close_nest(&message, family);
	netlink_close_nest(&message, specific);
	return netlink_do(socket, &message, text);
}

static bool take_port(uint16_t type, const void *payload, size_t size, void *context)
{
	(void)payload;
	(void)size;
	*(bool *)context = type == RTM_NEWLINK;
	return false;
}

int link_has_ports(int socket, int32_t bridge, bool *has)
{
	struct netlink_message message;

	*has = false;
	netlink_begin(&message, RTM_GETLINK, NLM_F_DUMP, &(struct ifinfomsg){0}, sizeof(struct ifinfomsg));
	netlink_put_u32(&message, IFLA_MASTER, (uint32_t)bridge);
	ask_without_counters(&message);
	return netlink_ask(socket, &message, take_port, has);
}

int link_add_address(int socket, int32_t index, const char *text_of, char text[static NETLINK_TEXT])
{
	struct netlink_message message;
	struct address address;

	text[0] = '\0';
	if (!address_read(text_of, &address) || address.prefix < 0)
		return EINVAL;
	struct ifaddrmsg head = {.ifa_family = (unsigned char)address.family, .ifa_prefixlen = (unsigned char)address.prefix,
				 .ifa_index = (uint32_t)index};

	netlink_begin(&message, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &head, sizeof head);
	netlink_put(&message, IFA_LOCAL, address.bytes, address.length);
	netlink_put(&message, IFA_ADDRESS, address.bytes, address.length);
	if (address.family == AF_INET && address.prefix < 31) {
		uint32_t broadcast = address_broadcast(&address);

		netlink_put(&message, IFA_BROADCAST, &broadcast, sizeof broadcast);
	}
	/* Without this an address of IPv6 can't be used for a second or two, while the kernel looks for a second owner. Here
	 * nobody but the engine gives addresses. */
	if (address.family == AF_INET6)
		netlink_put_u32(&message, IFA_FLAGS, IFA_F_NODAD);
	return netlink_do(socket, &message, text);
}
