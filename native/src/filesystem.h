/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filesystem.h - new filesystems, as detached mounts.
 */
#ifndef CAISSON_FILESYSTEM_H
#define CAISSON_FILESYSTEM_H

#include <stdint.h>

#include "child_state.h"

/* Makes a filesystem of this type. `options` are as in fstab(5), `flags` are MS_*; `target` is for the message when it
 * fails, which has the kernel's own words in it. */
int filesystem_make(struct child *child, const char *type, const char *source, const char *options, uint64_t flags,
		    const char *target);

/* Makes one by mount(2), which takes options of any length where fsconfig(2) takes 255 bytes each, and leaves it on top of
 * the host's / in our mount namespace. Returns it, or -1 with errno. */
int filesystem_mount(const char *type, const char *source, const char *options, uint64_t flags);

#endif
