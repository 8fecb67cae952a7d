/* SPDX-License-Identifier: Apache-2.0 */
/* network.h - a network namespace from inside: loopback, addresses, routes. */
#ifndef CAISSON_NETWORK_H
#define CAISSON_NETWORK_H

#include "child_state.h"

void network_loopback(const struct child *child);

/* Brings the interfaces of E_VETH up and gives them their addresses, then makes the routes of E_ROUTE. */
void network_configure(const struct child *child);

#endif
