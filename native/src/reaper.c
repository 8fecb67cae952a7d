/* SPDX-License-Identifier: Apache-2.0 */
#include "reaper.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "progress.h"
#include "syscalls.h"

#define SIGNALLED 128

/* Reaps all that have ended. Ends as the user's process did, if it is among them: with its exit code, or with 128 and the
 * signal's number, since the kernel does not let pid 1 die by a signal of its own. */
static void reap(pid_t user)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == user)
			_exit(WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status));
}

static _Noreturn void serve(pid_t user, const sigset_t *all)
{
	siginfo_t info;

	for (;;) {
		int signal = sigwaitinfo(all, &info);

		if (signal == SIGCHLD)
			reap(user);
		else if (signal > 0)
			(void)kill(user, signal); /* if it has just ended, its SIGCHLD comes next */
		else if (errno != EINTR)
			_exit(1);
	}
}

void reaper_split(struct child *child)
{
	sigset_t all, before;
	pid_t user;

	if (!(child->plan->flags & PLAN_INIT_REAPER))
		return;
	if (getpid() != 1 && prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
		child_fail(child, errno, "become the reaper of the container's processes");
	(void)sigfillset(&all);
	if (sigprocmask(SIG_BLOCK, &all, &before) != 0)
		child_fail(child, errno, "block the signals of the reaper");
	user = fork();
	if (user < 0)
		child_fail(child, errno, "fork the user's process off its reaper");
	if (user == 0) {
		if (sigprocmask(SIG_SETMASK, &before, NULL) != 0)
			child_fail(child, errno, "unblock the signals of the process");
		/* Its parent is the reaper now, and ends with the shim if it is to. */
		if (child->context->die_with_parent && prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
			child_fail(child, errno, "have the kernel end the process with its reaper");
		return;
	}
	/* Standard streams, the channel, the terminal: all are the user's process's alone. */
	if (sys_close_range(0, ~0u, 0) != 0)
		_exit(1);
	progress_unmap();
	identity_finish(child);
	serve(user, &all);
}
