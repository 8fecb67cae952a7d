/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capabilities.h - the five sets of E_CAPS (capabilities(7)).
 */
#ifndef CAISSON_CAPABILITIES_H
#define CAISSON_CAPABILITIES_H

#include "child_state.h"

/* Lowers the bounding set: while the process still has CAP_SETPCAP. */
void capabilities_bound(const struct child *child);

/* Sets the others; with `admin` CAP_SYS_ADMIN stays beyond what is wanted, until capabilities_finish(). */
void capabilities_set(const struct child *child, bool admin);

/* Takes away what is not wanted. One system call: it may run under the container's seccomp filter. */
void capabilities_finish(const struct child *child);

#endif
