/* SPDX-License-Identifier: Apache-2.0 */
/* link_remove.h - what E_REMOVE_LINK names goes: the host's ends of a container's interfaces, and bridges left without ports. */
#ifndef CAISSON_LINK_REMOVE_H
#define CAISSON_LINK_REMOVE_H

#include <stdbool.h>
#include <stddef.h>

#include "kept.h"

/* Whether a text is "NAME MAC BRIDGE LOCK" (plan.h). */
bool link_remove_valid(const char *text);

/* Waits for the kernel, some 20 ms for each. 0, or the first errno with what it was about in `what`. */
int link_remove_all(const struct kept *kept, char *what, size_t size);

#endif
