/* SPDX-License-Identifier: Apache-2.0 */
/*
 * veth.h - the host's side of the container's interfaces (E_VETH): pairs, one end in the container's network namespace, the
 * other a port of a bridge.
 */
#ifndef CAISSON_VETH_H
#define CAISSON_VETH_H

#include "child_state.h"

struct veth {
	const char *name;       /* of the host's end; being unique there it is also what reserves the address */
	struct plan_bytes mac;  /* of the host's end: tells it at the end from one that somebody else gave that name */
	const char *bridge;
	const char *lock;       /* bridge_lock() */
	bool localhost;         /* the bridge routes to 127.0.0.0/8 */
	struct plan_fields bridge_addresses; /* list of strings, for a bridge that is made */
	const char *inside;     /* name in the container */
	struct plan_bytes inside_mac; /* empty: the kernel's choice */
	uint32_t mtu;           /* 0: the kernel's choice */
	struct plan_fields addresses; /* list of strings */
};

struct veth field_veth(struct plan_fields *fields);

/* Makes all of them. The caller has the rights of the host; context->host_network is a socket of the host's namespace.
 * `process` says whose network namespace, as its directory in the host's /proc is called. */
void veth_make_all(const struct child *child, const char *process);

#endif
