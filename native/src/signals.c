/* SPDX-License-Identifier: Apache-2.0 */
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <sys/signalfd.h>

#include "descriptor.h"
#include "log.h"
#include "process.h"

static void ending_signal(struct watch *watch, uint32_t events)
{
	struct shim *shim = OWNER(watch, struct shim, signals);
	struct signalfd_siginfo info;

	(void)events;
	if (read(watch->fd, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return;
	log_note("signal %u of pid %u: ending, with %zu processes held", info.ssi_signo, info.ssi_pid,
		 shim->processes.count);
	shim_end(shim);
}

static void nothing(int signal)
{
	(void)signal;
}

/* A handler and not SIG_IGN, which execve(2) would hand on to the processes we start. */
static int disarm(int signal)
{
	struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESTART};

	return sigaction(signal, &action, NULL);
}

/* What the engine was started with, such as nohup's SIGHUP, is nothing to the processes: execve(2) keeps what is ignored.
 * Once here, so that no child has to do it. EINVAL: signals that cannot be changed, and the libc's own. */
static int reset_all(void)
{
	struct sigaction action = {.sa_handler = SIG_DFL};

	for (int signal = 1; signal < NSIG; signal++) {
		if (sigaction(signal, &action, NULL) != 0 && errno != EINVAL)
			return -1;
	}
	return 0;
}

int signals_open(struct shim *shim)
{
	AUTO_CLOSE int fd = -1;
	sigset_t mask;

	(void)sigemptyset(&mask);
	(void)sigaddset(&mask, SIGTERM);
	(void)sigaddset(&mask, SIGINT);
	(void)sigaddset(&mask, SIGHUP);
	if (reset_all() != 0 || disarm(SIGPIPE) != 0 || disarm(SIGXFSZ) != 0 || sigprocmask(SIG_SETMASK, &mask, NULL) != 0)
		return -1;
	fd = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0 || loop_watch(&shim->loop, &shim->signals, fd, EPOLLIN, ending_signal) != 0)
		return -1;
	(void)descriptor_take(&fd);
	return 0;
}

void signal_request(const struct request *request)
{
	const struct process *process = process_table_find(&request->shim->processes, request->tag);
	int signal = (int)request_u32(request, 0);
	/* One that is not held (any more) has ended, as far as the sender can know. */
	uint32_t answer[2] = {(uint32_t)(process != NULL ? process_signal(process, signal) : ESRCH), 0};

	(void)engine_send_bytes(request->shim, MSG_SIGNALLED, request->tag, answer, sizeof(answer));
}
