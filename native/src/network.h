/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_NETWORK_H
#define CAISSON_NETWORK_H

#include "child_state.h"

/* Brings lo up in the process's network namespace. */
void network_loopback(const struct child *child);

#endif
