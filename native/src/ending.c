/* SPDX-License-Identifier: Apache-2.0 */
#include "ending.h"

#include <errno.h>

#include "cgroup_kill.h"
#include "cgroup_remove.h"
#include "launch.h"
#include "process.h"
#include "record.h"
#include "shim.h"
#include "spool.h"
#include "strays.h"

static void round_done(void *context)
{
	struct process *process = context;

	cgroup_kill_free(process->ending.kill);
	process->ending.kill = NULL;
	ending_go_on(process);
}

static void retry_now(void *context)
{
	ending_go_on(context);
}

/* True: somebody is being killed, and round_done() will be called. */
static bool kill_round(struct process *process)
{
	process->ending.kill = cgroup_kill_start(&process->shim->loop, &process->kept, round_done, process);
	return process->ending.kill != NULL;
}

/* True: it goes on later. */
static bool remove_cgroups(struct process *process)
{
	int error = cgroup_remove(&process->kept, process->cleaning.text, sizeof(process->cleaning.text));

	if (error == EBUSY &&
	    (kill_round(process) || cgroup_retry_later(&process->ending.retry, &process->shim->loop, retry_now, process)))
		return true;
	process->cleaning.error = error; /* told by CLEANED, which tries again */
	return false;
}

static void tell_exited(struct process *process)
{
	struct shim *shim = process->shim;
	struct body body = fact_body(&process->fact);
	bool told;

	strays_take(shim);
	if (shim->mode == MODE_LASTING && !process->noted)
		record_append_exited(process);
	told = engine_send(shim, MSG_EXITED, process->tag, &body);
	if (shim->ending || ((process->flags & PLAN_AUTO_CLEAN) != 0 && told))
		cleaning_start(process);
}

static void finish(struct process *process)
{
	ending_release(process);
	process->state = PROCESS_ENDED;
	if (process->fact.type == MSG_EXITED)
		tell_exited(process);
	else
		cleaning_start(process);
}

void ending_go_on(struct process *process)
{
	struct ending *ending = &process->ending;

	if (ending->kill != NULL || cgroup_retry_pending(&ending->retry))
		return; /* called for output while the step is another one: it will come by */
	if (ending->step == ENDING_KILL) {
		if (kill_round(process))
			return;
		ending->step = ENDING_DRAIN;
	}
	if (ending->step == ENDING_DRAIN) {
		if (!spools_drained(process) && !process->shim->ending)
			return;
		if (process->started)
			fact_set_exited(&process->fact, &ending->exited, &process->kept);
		ending->step = ENDING_REMOVE;
	}
	if (!remove_cgroups(process))
		finish(process);
}

void ending_exited(struct process *process, const struct msg_exited *exited)
{
	/* A pid namespace of its own is dead with its init, and its cgroups are empty but for processes that an engine put
	 * there from outside; the removal finds those. */
	bool kill_first = (process->flags & PLAN_KILL_CGROUP) != 0 || process->lost;

	process->state = PROCESS_ENDING;
	process->ending.exited = *exited;
	process->ending.step = kill_first ? ENDING_KILL : ENDING_DRAIN;
	ending_go_on(process);
}

void ending_failed(struct process *process)
{
	process->state = PROCESS_ENDING;
	launch_keep_own_cgroups(process);
	launch_release(process);
	process->ending.step = ENDING_REMOVE;
	ending_go_on(process);
}

void ending_of_nothing(struct process *process)
{
	process->state = PROCESS_ENDING;
	process->ending.step = ENDING_KILL;
	ending_go_on(process);
}

void ending_release(struct process *process)
{
	cgroup_kill_free(process->ending.kill);
	process->ending.kill = NULL;
	cgroup_retry_cancel(&process->ending.retry, &process->shim->loop);
}
