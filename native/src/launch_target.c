/* SPDX-License-Identifier: Apache-2.0 */
/* Whom an exec enters, and which pid namespace the shim has to join for it. */
#include <linux/sched.h>
#include <sched.h>

#include "preparation.h"
#include "shim.h"

static int find_target(struct preparation *preparation)
{
	const struct process *process = preparation->process;
	const struct process *target;

	if (!plan_has(&preparation->plan, E_TARGET))
		return 0;
	target = process_table_find(&process->shim->processes, process->target);
	if (target == NULL || target == process)
		return failure_set(preparation->failure, PHASE_NAMESPACE, 0,
				   "the container to enter is not held: there is no process with tag %llu",
				   (unsigned long long)process->target);
	if (target->state != PROCESS_RUNNING && target->state != PROCESS_READY)
		return failure_set(preparation->failure, PHASE_NAMESPACE, 0, "the container '%s' is not running",
				   process_name(target));
	preparation->target_pidfd = target->pidfd.fd;
	return 0;
}

int prepare_namespaces(struct preparation *preparation)
{
	struct plan_cursor cursor = plan_cursor(&preparation->plan, E_NS_JOIN, E_NS_JOIN);
	unsigned int ours = child_namespaces(&preparation->plan);
	struct plan_fields fields;

	if (find_target(preparation) != 0)
		return -1;
	while (plan_next(&cursor, &fields)) {
		uint32_t flags = field_u32(&fields);
		uint32_t fd = field_u32(&fields);

		if ((flags & ours & CLONE_NEWPID) == 0)
			continue;
		preparation->pid_namespace = fd != 0 ? preparation->fds[fd] : preparation->target_pidfd;
		if (preparation->pid_namespace < 0)
			return failure_set(preparation->failure, PHASE_NAMESPACE, 0,
					   "a pid namespace is to be joined, but neither a descriptor nor a target is named");
	}
	return 0;
}
