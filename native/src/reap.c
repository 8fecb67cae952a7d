/* SPDX-License-Identifier: Apache-2.0 */
#include "reap.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "descriptor.h"
#include "launch.h"
#include "log.h"
#include "shim.h"

static void pidfd_ready(struct watch *watch, uint32_t events)
{
	(void)events;
	reap(OWNER(watch, struct process, pidfd));
}

int reap_watch(struct process *process, int pidfd)
{
	return loop_watch(&process->shim->loop, &process->pidfd, pidfd, EPOLLIN, pidfd_ready);
}

/* As wait4(2) would give it. */
static int32_t wait_status(const siginfo_t *info)
{
	switch (info->si_code) {
	case CLD_EXITED:
		return (info->si_status & 0xff) << 8;
	case CLD_DUMPED:
		return (info->si_status & 0x7f) | 0x80;
	default:
		return info->si_status & 0x7f;
	}
}

static uint64_t microseconds(struct timeval time)
{
	return (uint64_t)time.tv_sec * 1000000u + (uint64_t)time.tv_usec;
}

static struct msg_exited take_status(const struct process *process)
{
	struct rusage usage = {0};
	siginfo_t info = {0};
	struct msg_exited exited = {.started_ns = process->started_ns, .finished_ns = clock_wall_ns()};

	/* The system call, since the library's waitid() has no rusage. */
	if (syscall(SYS_waitid, P_PIDFD, process->pidfd.fd, &info, WEXITED, &usage) != 0) {
		log_error(errno, "wait for process %d of '%s'", (int)process->pid, process_name(process));
		exited.wait_status = WAIT_STATUS_LOST;
		return exited;
	}
	exited.wait_status = wait_status(&info);
	exited.user_us = microseconds(usage.ru_utime);
	exited.system_us = microseconds(usage.ru_stime);
	exited.max_rss_kib = (uint64_t)usage.ru_maxrss;
	exited.minor_faults = (uint64_t)usage.ru_minflt;
	exited.major_faults = (uint64_t)usage.ru_majflt;
	return exited;
}

void reap(struct process *process)
{
	struct msg_exited exited = take_status(process);
	int pidfd = loop_forget(&process->shim->loop, &process->pidfd);

	descriptor_close(&pidfd);
	if (!process->started && !launch_child_ended(process, exited.wait_status))
		return;
	exited.started_ns = process->started_ns;
	/* The news of its start may come in only now, behind that of its end. */
	if (exited.finished_ns < exited.started_ns)
		exited.finished_ns = exited.started_ns;
	ending_exited(process, &exited);
}
