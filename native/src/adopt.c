/* SPDX-License-Identifier: Apache-2.0 */
/* ADOPT: the init that a restorer has made beside itself, as a child of the shim (clone(2), CLONE_PARENT). */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptor.h"
#include "launch_channel.h"
#include "launch_events.h"
#include "shim.h"
#include "syscalls.h"

static bool is_restored(const struct process *process)
{
	return process->state == PROCESS_LAUNCHING && (process->flags & PLAN_RESTORE) != 0 && process->launch != NULL &&
	       process->launch->channel.fd < 0 && process->fact.type == 0 && process->pidfd.fd >= 0;
}

static bool is_held(const struct shim *shim, pid_t pid)
{
	const struct process *process = shim->processes.oldest;

	while (process != NULL && process->pid != pid && process->cleaning.helper_pid != pid)
		process = process->next;
	return process != NULL;
}

/* A child that is not waited for keeps its pid, so what is opened by it can be no stranger. -1 with errno: it is no child. */
static int open_child(pid_t pid)
{
	AUTO_CLOSE int pidfd = -1;
	siginfo_t info = {0};

	if (pid <= 0 || waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
		return -1;
	pidfd = sys_pidfd_open(pid);
	return pidfd < 0 ? -1 : descriptor_take(&pidfd);
}

/* It is reaped as a stray. */
static void restorer_ended(struct watch *watch, uint32_t events)
{
	struct process *process = OWNER(watch, struct process, restorer);
	int pidfd = loop_forget(&process->shim->loop, watch);

	(void)events;
	descriptor_close(&pidfd);
}

/* CRIU still traces what it has brought back. If the init is killed meanwhile, its end waits for that of processes which CRIU
 * has to let go of, and CRIU waits for the init: so it is killed, too (process_signal). */
static int watch_restorer(struct process *process, int *pidfd)
{
	if (loop_watch(&process->shim->loop, &process->restorer, *pidfd, EPOLLIN, restorer_ended) != 0)
		return -1;
	(void)descriptor_take(pidfd);
	return 0;
}

void launch_adopt(const struct request *request)
{
	struct process *process = request->process;
	struct shim *shim = request->shim;
	pid_t pid = (pid_t)request_u32(request, 0);
	AUTO_CLOSE int pidfd = -1;

	/* The restorer was executed, else the engine would not know of its child; the loop may come to hear it later. */
	launch_hear(process);
	if (!is_restored(process)) {
		engine_refuse(shim, request->tag, "'%s' does not wait for ADOPT", process_name(process));
		return;
	}
	if (!is_held(shim, pid))
		pidfd = open_child(pid);
	if (pidfd < 0) {
		engine_refuse(shim, request->tag, "process %d is no child to be adopted", (int)pid);
		return;
	}
	if (launch_change_process(process, pid, &pidfd) != 0 || watch_restorer(process, &pidfd) != 0) {
		engine_refuse(shim, request->tag, "process %d can't be watched: errno %d", (int)pid, errno);
		return;
	}
	if (request->incoming->fd_count > 0)
		launch_master(process, &request->incoming->fds[0]);
	launch_executed(process);
}
