/* SPDX-License-Identifier: Apache-2.0 */
#include "launch_events.h"

#include <errno.h>
#include <string.h>

#include "clock.h"
#include "descriptor.h"
#include "log.h"
#include "one_shot.h"
#include "proc_stat.h"
#include "reap.h"
#include "record.h"
#include "shim.h"
#include "spool.h"
#include "strays.h"

struct told {
	uint32_t pid;
	uint32_t zero;
	uint64_t start_time;
	uint64_t started_ns; /* STARTED only */
};

static void tell(struct process *process, uint32_t type, size_t length, int master)
{
	struct told told = {.pid = (uint32_t)process->pid, .start_time = process->start_time,
			    .started_ns = process->started_ns};
	struct body body = {.part_count = 1, .fds = &master, .fd_count = master >= 0 ? 1 : 0};

	body.parts[0] = (struct iovec){.iov_base = &told, .iov_len = length};
	(void)engine_send(process->shim, type, process->tag, &body);
}

int launch_change_process(struct process *process, pid_t pid, int *pidfd)
{
	int former = loop_forget(&process->shim->loop, &process->pidfd);
	int result;

	strays_expect(process->shim);
	process->pid = pid;
	process->start_time = proc_start_time(pid);
	result = reap_watch(process, *pidfd);
	if (result != 0)
		descriptor_close(pidfd);
	*pidfd = former;
	if (result == 0 && process->launch->record >= 0)
		record_identify(process, process->launch->record);
	return result;
}

int launch_init_announced(struct process *process, const unsigned char *body, size_t length, int *pidfd)
{
	uint32_t pid;

	if (length != sizeof(pid) || pidfd == NULL)
		return -1;
	memcpy(&pid, body, sizeof(pid));
	if (launch_change_process(process, (pid_t)pid, pidfd) != 0) {
		log_error(errno, "watch the init of '%s'", process_name(process));
		return -1;
	}
	return 0;
}

void launch_waiting(struct process *process)
{
	process->launch->await_continue = true;
	tell(process, MSG_CREATED, offsetof(struct told, started_ns), -1);
}

/* In lasting mode the shim keeps a pty's master, so that a later engine can TAKE it. */
static void keep_master(struct process *process, int *master)
{
	if (master == NULL)
		return;
	if (process->shim->mode == MODE_LASTING)
		process->master = descriptor_take(master);
	else
		process->launch->master = descriptor_take(master);
	if (process->spools[0] != NULL && spool_attach_terminal(process->spools[0], process->master) != 0)
		log_error(errno, "spool the terminal of '%s'", process_name(process));
}

static int master_of(const struct process *process)
{
	return process->master >= 0 ? process->master : process->launch->master;
}

void launch_ready(struct process *process, int *master)
{
	process->state = PROCESS_READY;
	keep_master(process, master);
	tell(process, MSG_READY, offsetof(struct told, started_ns), master_of(process));
	descriptor_close(&process->launch->master);
}

void launch_master(struct process *process, int *master)
{
	keep_master(process, master);
}

void launch_started_on(struct process *process)
{
	/* The rest is between the child and whoever opens its gate (E_GATE_FIFO). */
	if (process->launch->gated)
		one_shot_done(process->shim);
}

void launch_executed(struct process *process)
{
	bool told_master = (process->flags & PLAN_HOLD) != 0;

	process->started = true;
	process->state = PROCESS_RUNNING;
	process->started_ns = clock_wall_ns();
	if (process->launch->record >= 0 && process->shim->mode == MODE_LASTING)
		record_identify(process, process->launch->record);
	tell(process, MSG_STARTED, sizeof(struct told), told_master ? -1 : master_of(process));
	launch_release(process);
	if (process->shim->mode == MODE_ONE_SHOT)
		one_shot_done(process->shim);
}
