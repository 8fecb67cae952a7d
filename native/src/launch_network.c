/* SPDX-License-Identifier: Apache-2.0 */
/* The child is born into its own network namespace: the way back to ours is a socket of it. */
#include <errno.h>

#include "netlink.h"
#include "preparation.h"

int prepare_network(struct preparation *preparation)
{
	if (!plan_has(&preparation->plan, E_VETH))
		return 0;
	preparation->host_network = netlink_open();
	if (preparation->host_network < 0)
		return failure_set(preparation->failure, PHASE_NETWORK, errno, "could not open a netlink socket");
	return 0;
}
