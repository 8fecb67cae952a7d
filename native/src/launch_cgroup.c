/* SPDX-License-Identifier: Apache-2.0 */
/* What of the cgroups is the shim's: all of them with PLAN_CGROUP_IN_PARENT, and the one the child is cloned into. */
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "preparation.h"
#include "shim.h"

static int prepare_part(struct preparation *preparation, enum cgroup_part part)
{
	char what[FAILURE_TEXT / 2];

	if (cgroup_prepare(&preparation->plan, part, preparation->process->launch->progress, what, sizeof(what)) != 0)
		return failure_set(preparation->failure, PHASE_CGROUP, errno, "%s", what);
	return 0;
}

int prepare_cgroups(struct preparation *preparation)
{
	const char *into = plan_string(&preparation->plan, E_CGROUP_INTO, NULL);

	preparation->cgroups_late =
		preparation->process->shim->mode != MODE_ONE_SHOT && plan_enters_cgroups_late(&preparation->plan);
	if ((preparation->plan.flags & PLAN_CGROUP_IN_PARENT) != 0 &&
	    prepare_part(preparation, preparation->cgroups_late ? CGROUP_BEFORE_CLONE : CGROUP_ALL) != 0)
		return -1;
	/* A stager stays outside: it clones the one that is meant. */
	if (into == NULL || child_needs_stager(&preparation->plan))
		return 0;
	preparation->cgroup = open(into, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (preparation->cgroup < 0)
		return failure_set(preparation->failure, PHASE_CGROUP, errno, "could not open the cgroup '%s'", into);
	return 0;
}

void finish_cgroups(struct preparation *preparation)
{
	struct process *process = preparation->process;
	volatile struct launch_progress *progress = process->launch->progress;

	if (!preparation->cgroups_late)
		return;
	if (prepare_part(preparation, CGROUP_AFTER_CLONE) != 0) {
		fact_set_failed(&process->fact, preparation->failure, NULL);
		process_kill(process);
		return;
	}
	progress->cgroups_ready = 1;
	(void)syscall(SYS_futex, &progress->cgroups_ready, FUTEX_WAKE, 1, NULL, NULL, 0);
}
