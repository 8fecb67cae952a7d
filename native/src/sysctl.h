/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_SYSCTL_H
#define CAISSON_SYSCTL_H

#include "child_state.h"

/* Writes the E_SYSCTL values; which namespace they belong to is the kernel's business. */
void sysctl_write_all(const struct child *child);

#endif
