/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CAISSON_USER_NAMESPACE_H
#define CAISSON_USER_NAMESPACE_H

#include "child_state.h"

/* Opens the plan's user namespace: makes one with the plan's id maps, or takes the one that it joins. Returns a descriptor
 * for setns(2). */
int user_namespace_open(struct child *child);

/* Opens a user namespace with the maps of the E_IDMAP of that number, to be put on mounts. */
int user_namespace_of_map(const struct child *child, uint32_t number);

/* What user and group 0 of the user namespace are outside of it; false: the plan doesn't say. */
bool user_namespace_root(const struct plan *plan, uid_t *uid, gid_t *gid);

#endif
