/* SPDX-License-Identifier: Apache-2.0 */
#include "deferred.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

#include "detached.h"

void deferred_add(struct child *child, int mount)
{
	int *grown = realloc(child->deferred, (child->deferred_count + 1) * sizeof *grown);

	if (!grown)
		child_fail(child, ENOMEM, "note a mount that becomes read-only");
	child->deferred = grown;
	child->deferred[child->deferred_count++] = mount;
}

void deferred_close(struct child *child)
{
	for (unsigned int i = 0; i < child->deferred_count; i++) {
		if (detached_set(child->deferred[i], MS_RDONLY, 0, 0, false) != 0)
			child_fail(child, errno, "make a mount read-only");
		(void)close(child->deferred[i]);
	}
	child->deferred_count = 0;
	if ((child->plan->flags & PLAN_ROOT_READONLY) && detached_set(child->root, MS_RDONLY, 0, 0, false) != 0)
		child_fail(child, errno, "make the root read-only");
}
