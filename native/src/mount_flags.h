/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mount_flags.h - from the MS_* flags of mount(2) to those of the newer calls.
 */
#ifndef CAISSON_MOUNT_FLAGS_H
#define CAISSON_MOUNT_FLAGS_H

#include <stdint.h>
#include <sys/mount.h>

/* MOUNT_ATTR_* bits of one mount. */
uint64_t mount_flags_attributes(uint64_t flags);

/* What mount_setattr(2) has to clear: the flags that are unwanted, and how access times are kept, if that is set anew. */
uint64_t mount_flags_cleared(uint64_t set, uint64_t clear);

/* The flags that belong to a whole filesystem, as options of fsconfig(2): calls `use` for each. Stops where it does not
 * return 0, and returns that. */
int mount_flags_options(uint64_t flags, int (*use)(void *context, const char *option), void *context);

/* Those that neither of them knows. */
uint64_t mount_flags_unknown(uint64_t flags);

#endif
