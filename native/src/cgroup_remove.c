/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup_remove.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>

#include "tree.h"

int cgroup_remove(const struct kept *kept, char *text, size_t size)
{
	char what[PATH_MAX];
	struct tree tree = {.kind = TREE_CGROUPS, .what = what, .size = sizeof(what)};
	struct kept_entry cgroup;
	size_t position = 0;
	int first = 0;

	while (kept_next(kept, KEPT_CGROUP, &position, &cgroup)) {
		int error = tree_walk(&tree, cgroup.text);

		if (error != 0 && (first == 0 || error == EBUSY)) {
			first = error;
			(void)snprintf(text, size, "could not remove cgroup '%s'", what);
		}
	}
	return first;
}
