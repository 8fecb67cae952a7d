/* SPDX-License-Identifier: Apache-2.0 */
/* What of the cgroups is the shim's: all of it with PLAN_CGROUP_IN_PARENT, and the one the child is cloned into. */
#include <errno.h>
#include <fcntl.h>

#include "preparation.h"

int prepare_cgroups(struct preparation *preparation)
{
	const char *into = plan_string(&preparation->plan, E_CGROUP_INTO, NULL);
	char what[FAILURE_TEXT / 2];

	if ((preparation->plan.flags & PLAN_CGROUP_IN_PARENT) != 0 &&
	    cgroup_prepare(&preparation->plan, preparation->process->launch->progress, what, sizeof(what)) != 0)
		return failure_set(preparation->failure, PHASE_CGROUP, errno, "%s", what);
	/* A stager stays outside: it clones the one that is meant. */
	if (into == NULL || child_needs_stager(&preparation->plan))
		return 0;
	preparation->cgroup = open(into, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (preparation->cgroup < 0)
		return failure_set(preparation->failure, PHASE_CGROUP, errno, "could not open the cgroup '%s'", into);
	return 0;
}
