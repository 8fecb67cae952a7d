/* SPDX-License-Identifier: Apache-2.0 */
#include "process.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cgroup_freezer.h"
#include "descriptor.h"
#include "launch.h"
#include "shim.h"
#include "spool.h"

struct process *process_new(struct shim *shim, uint64_t tag)
{
	struct process *process = calloc(1, sizeof(*process));

	if (process == NULL)
		return NULL;
	process->shim = shim;
	process->tag = tag;
	process->pidfd = WATCH_NONE;
	process->restorer = WATCH_NONE;
	process->ending.retry.timer = WATCH_NONE;
	process->cleaning.helper = WATCH_NONE;
	process->cleaning.report = -1;
	process->stdin_kept = -1;
	process->master = -1;
	if (process_table_add(&shim->processes, process) != 0) {
		int error = errno;

		free(process);
		errno = error;
		return NULL;
	}
	return process;
}

void process_forget(struct process *process)
{
	struct shim *shim = process->shim;
	int pidfd = loop_forget(&shim->loop, &process->pidfd);
	int restorer = loop_forget(&shim->loop, &process->restorer);

	descriptor_close(&pidfd);
	descriptor_close(&restorer);
	if (shim->connections.engine != NULL)
		connection_skip(shim->connections.engine, process);
	process_table_remove(&shim->processes, process);
	launch_release(process);
	ending_release(process);
	cleaning_release(process);
	for (int stream = 0; stream < 2; stream++)
		spool_free(process->spools[stream]);
	descriptor_close(&process->stdin_kept);
	descriptor_close(&process->master);
	pins_drop(process);
	kept_free(&process->kept);
	fact_free(&process->fact);
	free(process);
}

int process_signal(const struct process *process, int signal)
{
	/* The pidfd stays in the loop until the process is reaped: it can never name another one. */
	if (process->pidfd.fd < 0)
		return ESRCH;
	if (signal == SIGKILL && process->restorer.fd >= 0)
		(void)syscall(SYS_pidfd_send_signal, process->restorer.fd, SIGKILL, NULL, 0);
	if (syscall(SYS_pidfd_send_signal, process->pidfd.fd, signal, NULL, 0) != 0)
		return errno;
	/* What cgroup v1 has frozen does not even die before it is thawed. */
	if (signal == SIGKILL)
		freezer_thaw(&process->kept);
	return 0;
}

void process_kill(const struct process *process)
{
	(void)process_signal(process, SIGKILL);
}

const char *process_name(const struct process *process)
{
	static char name[32];
	const char *id = kept_text(&process->kept, KEPT_ID);

	if (id != NULL)
		return id;
	(void)snprintf(name, sizeof(name), "tag %" PRIx64, process->tag);
	return name;
}

enum held_state process_held_state(const struct process *process)
{
	switch (process->state) {
	case PROCESS_LAUNCHING:
		return HELD_CREATING;
	case PROCESS_READY:
		return HELD_READY;
	case PROCESS_RUNNING:
		return HELD_RUNNING;
	case PROCESS_ENDING:
		return process->started ? HELD_RUNNING : HELD_CREATING;
	case PROCESS_ENDED:
	case PROCESS_CLEANING:
		break;
	}
	return process->fact.type == MSG_EXITED ? HELD_EXITED : HELD_CREATING;
}
