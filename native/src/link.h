/* SPDX-License-Identifier: Apache-2.0 */
/*
 * link.h - interfaces of one network namespace, by a socket of it (netlink.h). What fails returns an errno, and 0 is success.
 */
#ifndef CAISSON_LINK_H
#define CAISSON_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "netlink.h"

#define LINK_MAC 6

struct link {
	int32_t index;
	uint32_t group;
	unsigned char mac[LINK_MAC]; /* zeros where it has none of six bytes */
	char kind[16];               /* "bridge", "veth" ...; empty: no virtual device */
};

/* ENODEV: there is none of that name. */
int link_find(int socket, const char *name, struct link *link);

/* Takes an interface away; EBUSY, EOPNOTSUPP where the kernel does not let it go. */
int link_delete(int socket, int32_t index);

/* Whether interfaces are ports of that bridge. The socket is of no more use afterwards. */
int link_has_ports(int socket, int32_t bridge, bool *has);

int link_set_up(int socket, int32_t index);

/* Lets packets to and from 127.0.0.0/8 pass there, which the kernel else throws away (ip-sysctl, route_localnet). */
int link_route_localhost(int socket, int32_t index);

/* Gives an interface "address/prefix"; EEXIST: it has that one already. */
int link_add_address(int socket, int32_t index, const char *address, char text[static NETLINK_TEXT]);

#endif
