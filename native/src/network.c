/* SPDX-License-Identifier: Apache-2.0 */
#include "network.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "link.h"
#include "veth.h"

void network_loopback(const struct child *child)
{
	struct ifreq request = {.ifr_name = "lo"};
	/* netdevice(7) requests work on sockets of any family; this one needs no IP protocol in the kernel. */
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &request) != 0)
		child_fail(child, errno, "read the flags of the network interface lo");
	request.ifr_flags |= IFF_UP;
	if (ioctl(fd, SIOCSIFFLAGS, &request) != 0)
		child_fail(child, errno, "bring the network interface lo up");
	(void)close(fd);
}

static int32_t index_of(const struct child *child, int socket, const char *name)
{
	struct link link;
	int error = link_find(socket, name, &link);

	if (error != 0)
		child_fail(child, error, "look for the interface %s in the container", name);
	return link.index;
}

static void set_up(const struct child *child, int socket, const struct veth *veth)
{
	struct plan_fields addresses = veth->addresses;
	int32_t index = index_of(child, socket, veth->inside);
	int failed = link_set_up(socket, index);
	char text[NETLINK_TEXT];

	if (failed != 0)
		child_fail(child, failed, "bring the interface %s up", veth->inside);
	for (uint32_t count = field_list(&addresses); count > 0; count--) {
		const char *address = field_string(&addresses);
		int error = link_add_address(socket, index, address, text);

		if (error != 0)
			child_fail(child, error, "give the interface %s the address %s%s%s", veth->inside, address,
				   text[0] ? ": " : "", text);
	}
}

struct route {
	const char *destination, *gateway, *device; /* gateway, device: empty for none */
};

static void put_gateway(const struct child *child, struct netlink_message *message, const struct route *route, int family)
{
	struct address gateway;

	if (route->gateway[0] == '\0')
		return;
	if (!address_read(route->gateway, &gateway) || gateway.family != family)
		child_fail(child, EINVAL, "read the gateway %s of the route to %s", route->gateway, route->destination);
	netlink_put(message, RTA_GATEWAY, gateway.bytes, gateway.length);
}

static void make_route(const struct child *child, int socket, const struct route *route)
{
	struct netlink_message message;
	char text[NETLINK_TEXT];
	struct address to;
	int error;

	if (!address_read(route->destination, &to) || to.prefix < 0)
		child_fail(child, EINVAL, "read the destination %s of a route", route->destination);
	struct rtmsg head = {.rtm_family = (unsigned char)to.family, .rtm_dst_len = (unsigned char)to.prefix,
			     .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_STATIC, .rtm_type = RTN_UNICAST,
			     .rtm_scope = route->gateway[0] ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK};

	netlink_begin(&message, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, &head, sizeof head);
	if (to.prefix > 0)
		netlink_put(&message, RTA_DST, to.bytes, to.length);
	put_gateway(child, &message, route, to.family);
	if (route->device[0] != '\0')
		netlink_put_u32(&message, RTA_OIF, (uint32_t)index_of(child, socket, route->device));
	error = netlink_do(socket, &message, text);
	if (error != 0)
		child_fail(child, error, "make the route to %s%s%s%s%s%s%s", route->destination,
			   route->gateway[0] ? " through " : "", route->gateway, route->device[0] ? " on " : "",
			   route->device, text[0] ? ": " : "", text);
}

void network_configure(const struct child *child)
{
	struct plan_cursor veths = plan_cursor(child->plan, E_VETH, E_VETH);
	struct plan_cursor routes = plan_cursor(child->plan, E_ROUTE, E_ROUTE);
	struct plan_fields fields;
	int socket;

	if (!plan_has(child->plan, E_VETH) && !plan_has(child->plan, E_ROUTE))
		return;
	socket = netlink_open();
	if (socket < 0)
		child_fail(child, errno, "open a netlink socket in the container");
	while (plan_next(&veths, &fields)) {
		struct veth veth = field_veth(&fields);

		set_up(child, socket, &veth);
	}
	while (plan_next(&routes, &fields)) {
		struct route route;

		route.destination = field_string(&fields);
		route.gateway = field_string(&fields);
		route.device = field_string(&fields);
		make_route(child, socket, &route);
	}
	(void)close(socket);
}
