/* SPDX-License-Identifier: Apache-2.0 */
/*
 * user.h - users and groups by the container's own /etc/passwd and /etc/group, as Docker understands "user[:group]".
 *
 * What is all digits is an id and never a name (CVE-2026-30892: "1" is user 1). Ids go from 0 to 4294967294; the last
 * number means "none" to the kernel.
 */
#ifndef CAISSON_USER_H
#define CAISSON_USER_H

#include <stdbool.h>
#include <stddef.h>

#include "identity.h"

/* Reads an id. Returns 1, 0 if the text (length bytes) is no number, or -1 if the number is no id. */
int user_parse_id(const char *text, size_t length, unsigned int *id);

/* Resolves "user", "user:group", ":group" or "" (user 0) inside the root: uid, gid, home and, where no group is named, the
 * groups that the user is a member of. Returns 0, or -1 with errno (0: the text says it all) and a sentence in `error`. */
int user_find(int root, const char *user, struct identity *identity, char *error, size_t size);

/* Adds a group by id or name. */
int user_add_group(int root, const char *group, struct identity *identity, char *error, size_t size);

/* Finds the home of identity->uid. */
int user_find_home(int root, struct identity *identity, char *error, size_t size);

#endif
