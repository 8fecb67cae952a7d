/* SPDX-License-Identifier: Apache-2.0 */
/*
 * harden.h - the shim cuts itself loose from whoever started it.
 */
#ifndef CAISSON_HARDEN_H
#define CAISSON_HARDEN_H

#include <stddef.h>

struct shim;

/* Before anything is opened: no descriptors but the standard ones, which all exist. 0, or -1 with errno. */
int harden_descriptors(void);

/* Own session, name, umask, not dumpable, sub-reaper, limits. 0, or -1 with errno and a sentence in `what`. */
int harden_process(struct shim *shim, char *what, size_t size);

#endif
