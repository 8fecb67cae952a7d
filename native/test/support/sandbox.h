/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox.h - a directory of a test's own, made and removed by it.
 */
#ifndef CAISSON_SANDBOX_H
#define CAISSON_SANDBOX_H

#include <stddef.h>

/* Makes one below TMPDIR or /tmp and returns its path; the process ends if that fails. */
const char *sandbox_make(void);

/* Removes it with all that is in it. */
void sandbox_remove(void);

/* "<sandbox>/<name>": valid until the eighth call after it. */
const char *sandbox_path(const char *name);

/* Files in it, with the directories on the way. */
void sandbox_directory(const char *name);
void sandbox_file(const char *name, const char *content, unsigned int mode);
void sandbox_link(const char *target, const char *name);

/* Reads a file of any place, up to size - 1 bytes; "" if it is not there. */
const char *read_file(const char *path, char *buffer, size_t size);

#endif
