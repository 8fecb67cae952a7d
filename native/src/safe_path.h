/* SPDX-License-Identifier: Apache-2.0 */
/*
 * safe_path.h - paths inside a root that somebody else fills and may change meanwhile.
 *
 * Nothing here ever leaves the root: symbolic links, absolute ones and "..", are followed as a process chrooted there
 * would follow them, magic links not at all. What was resolved is a descriptor and is not resolved again
 * (CVE-2021-30465, CVE-2024-45310).
 */
#ifndef CAISSON_SAFE_PATH_H
#define CAISSON_SAFE_PATH_H

#include <sys/types.h>

/* Opens what is there. Returns the descriptor (CLOEXEC), or -1 with errno. */
int safe_open(int root, const char *path, int flags);

/* As safe_open, but no component may be a symbolic link (ELOOP). */
int safe_open_plain(int root, const char *path, int flags);

/* Opens a directory or what else is there; what is missing on the way is made, one component at a time, and in the end a
 * directory or an empty file with this mode. Returns a descriptor for O_PATH, or -1 with errno. */
int safe_make_directory(int root, const char *path, mode_t mode);
int safe_make_file(int root, const char *path, mode_t mode);

#endif
