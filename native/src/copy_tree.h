/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_COPY_TREE_H
#define CAISSON_COPY_TREE_H

#include <stddef.h>

/* Copies what is in the directory `from` into the empty directory `to`: all kinds of files with owners, modes, times and
 * extended attributes, and those of the directory itself. Links are not followed, other mounts are not entered.
 * Returns 0, or -1 with errno and the name of the file at fault in `name` (size bytes). */
int copy_tree(int from, int to, char *name, size_t size);

#endif
