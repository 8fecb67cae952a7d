/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pins.h - descriptors that the shim only keeps open until the process is cleaned (E_PIN): what the kernel ties to them, such
 * as an owned nftables table or a reserved port, goes with the container whatever dies first.
 */
#ifndef CAISSON_PINS_H
#define CAISSON_PINS_H

#include <stdbool.h>

struct preparation;
struct process;

struct pins {
	int *descriptors;
	unsigned int count;
};

/* Takes those of a launch. 0, or -1 with the failure set. */
int prepare_pins(struct preparation *preparation);

/* Drops them. The last to close one may have to wait for the kernel (a table: a grace period of RCU). */
void pins_drop(struct process *process);

#endif
