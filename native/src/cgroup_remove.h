/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cgroup_remove.h - removes the cgroups of a process with all that were made below them.
 */
#ifndef CAISSON_CGROUP_REMOVE_H
#define CAISSON_CGROUP_REMOVE_H

#include <stddef.h>

#include "kept.h"

/* 0, or an errno with a sentence in `text`; EBUSY first of all: something is in one of them. */
int cgroup_remove(const struct kept *kept, char *text, size_t size);

#endif
