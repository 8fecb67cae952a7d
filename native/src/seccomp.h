/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_SECCOMP_H
#define CAISSON_SECCOMP_H

#include "child_state.h"

/* Loads the filter and hands its listener on. What comes after it may be forbidden. */
void seccomp_load(const struct child *child);

#endif
