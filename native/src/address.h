/* SPDX-License-Identifier: Apache-2.0 */
/*
 * address.h - addresses of IPv4 and IPv6, and of the link, as the plan has them: in text.
 */
#ifndef CAISSON_ADDRESS_H
#define CAISSON_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address {
	int family; /* AF_INET or AF_INET6 */
	unsigned char bytes[16];
	size_t length;
	int prefix; /* -1: it was given without one */
};

/* Reads "10.0.0.2", "10.0.0.2/24", "fd00::2/64"; false: it is none. */
bool address_read(const char *text, struct address *address);

/* The last address of an IPv4 network, in network order. */
uint32_t address_broadcast(const struct address *address);

#endif
