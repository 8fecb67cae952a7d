/* SPDX-License-Identifier: Apache-2.0 */
#include "veth.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <stdio.h>
#include <unistd.h>

#include "bridge.h"
#include "descriptor.h"

static struct plan_fields skip_list(struct plan_fields *fields)
{
	struct plan_fields list = *fields;

	for (uint32_t count = field_list(fields); count > 0; count--)
		(void)field_string(fields);
	return list;
}

struct veth field_veth(struct plan_fields *fields)
{
	struct veth veth;

	veth.name = field_string(fields);
	veth.mac = field_bytes(fields);
	veth.bridge = field_string(fields);
	veth.lock = field_string(fields);
	veth.localhost = field_u32(fields) != 0;
	veth.bridge_addresses = skip_list(fields);
	veth.inside = field_string(fields);
	veth.inside_mac = field_bytes(fields);
	veth.mtu = field_u32(fields);
	veth.addresses = skip_list(fields);
	return veth;
}

static void put_peer(struct netlink_message *message, const struct veth *veth, int namespace)
{
	/* It can't be up before it has its other end (veth_open() of the kernel: ENOTCONN). */
	size_t peer = netlink_open_nest(message, VETH_INFO_PEER, &(struct ifinfomsg){0}, sizeof(struct ifinfomsg));

	netlink_put_string(message, IFLA_IFNAME, veth->inside);
	netlink_put_u32(message, IFLA_NET_NS_FD, (uint32_t)namespace);
	if (veth->inside_mac.length > 0)
		netlink_put(message, IFLA_ADDRESS, veth->inside_mac.data, veth->inside_mac.length);
	if (veth->mtu > 0)
		netlink_put_u32(message, IFLA_MTU, veth->mtu);
	netlink_close_nest(message, peer);
}

/* One message makes both ends, each where it belongs, and the host's up and a port: there is no moment in which half of it is
 * there. */
static int make_pair(int socket, const struct veth *veth, int32_t bridge, int namespace, char text[static NETLINK_TEXT])
{
	struct ifinfomsg head = {.ifi_flags = IFF_UP, .ifi_change = IFF_UP};
	struct netlink_message message;
	size_t information, data;

	netlink_begin(&message, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &head, sizeof head);
	netlink_put_string(&message, IFLA_IFNAME, veth->name);
	netlink_put(&message, IFLA_ADDRESS, veth->mac.data, veth->mac.length);
	netlink_put_u32(&message, IFLA_MASTER, (uint32_t)bridge);
	if (veth->mtu > 0)
		netlink_put_u32(&message, IFLA_MTU, veth->mtu);
	information = netlink_open_nest(&message, IFLA_LINKINFO, NULL, 0);
	netlink_put_string(&message, IFLA_INFO_KIND, "veth");
	data = netlink_open_nest(&message, IFLA_INFO_DATA, NULL, 0);
	put_peer(&message, veth, namespace);
	netlink_close_nest(&message, data);
	netlink_close_nest(&message, information);
	return netlink_do(socket, &message, text);
}

/* EEXIST means one of two names. That of the host's end stands for the address. */
_Noreturn static void fail_taken(const struct child *child, const struct veth *veth)
{
	struct plan_fields addresses = veth->addresses;
	struct link other;

	if (link_find(child->context->host_network, veth->name, &other) != 0)
		child_fail(child, EEXIST, "make the interface %s: the network namespace has one of that name", veth->inside);
	if (field_list(&addresses) == 0)
		child_fail(child, EEXIST, "make the host's end %s of the interface %s", veth->name, veth->inside);
	child_fail(child, EADDRINUSE, "give the interface %s the address %s: another container has it (%s)", veth->inside,
		   field_string(&addresses), veth->name);
}

static void make(const struct child *child, const struct veth *veth, int namespace)
{
	int socket = child->context->host_network, lock, error;
	char what[512], text[NETLINK_TEXT];
	struct link bridge;

	lock = bridge_lock(veth->lock);
	if (lock < 0)
		child_fail(child, errno, "lock the bridge %s by the file %s", veth->bridge, veth->lock);
	error = bridge_ensure(socket, veth->bridge, veth->bridge_addresses, &bridge, what, sizeof what);
	if (error != 0)
		child_fail(child, error, "%s", what);
	if (veth->localhost && bridge.group == BRIDGE_GROUP)
		error = link_route_localhost(socket, bridge.index);
	if (error != 0)
		child_fail(child, error, "let the bridge %s route to 127.0.0.0/8", veth->bridge);
	error = make_pair(socket, veth, bridge.index, namespace, text);
	if (error == EEXIST)
		fail_taken(child, veth);
	if (error != 0)
		child_fail(child, error, "make the interface %s on the bridge %s%s%s", veth->inside, veth->bridge,
			   text[0] ? ": " : "", text);
	(void)close(lock);
}

void veth_make_all(const struct child *child, const char *process)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_VETH, E_VETH);
	struct plan_fields fields;
	char path[64];
	int namespace;

	if (!plan_has(child->plan, E_VETH))
		return;
	(void)snprintf(path, sizeof path, "%s/ns/net", process);
	namespace = openat(child->proc, path, O_RDONLY | O_CLOEXEC);
	if (namespace < 0)
		child_fail(child, errno, "open the container's network namespace");
	while (plan_next(&cursor, &fields)) {
		struct veth veth = field_veth(&fields);

		make(child, &veth, namespace);
	}
	(void)close(namespace);
}
