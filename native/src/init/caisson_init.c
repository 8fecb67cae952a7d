/* SPDX-License-Identifier: Apache-2.0 */
/*
 * caisson-init: process 1 in front of a container's program (PLAN_INIT_REAPER). Passes signals on to it, reaps whoever is
 * left to it, and ends as the program ends. A program of its own, so that its arguments say what it is and nothing of the
 * shim's memory is in it. It has the same rights, limits and system call filter as the program.
 *
 * reaper.c executes it, with all signals blocked, so that none is lost on the way, and as standard input a pipe that holds
 * the program's pid, a child of this process. The arguments ("caisson-init -- PROGRAM ...") are for ps alone.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIGNALLED 128
#define CANNOT_WORK 125

/* All 64 signals as the kernel has them: sigfillset(3) leaves out those that the C library keeps to itself, which another
 * library (SIGRTMIN is 34 for one, 35 for the other) gives to its programs. */
struct kernel_signals {
	unsigned long bits[64 / (8 * sizeof(unsigned long))];
};

/* Reaps all that have ended. Ends as the program did, if it is among them: with its exit code, or with 128 and the
 * signal's number, since the kernel does not let process 1 die by a signal of its own. */
static void reap(pid_t program)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == program)
			_exit(WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status));
}

/* Those that a terminal sends are among them (SIGTSTP, SIGTTIN, SIGTTOU): somebody meant the program. The terminal itself
 * never sends us any, since the program has a session of its own. */
static _Noreturn void serve(pid_t program, const struct kernel_signals *all)
{
	for (;;) {
		siginfo_t info;
		long number = syscall(SYS_rt_sigtimedwait, all, &info, NULL, sizeof(*all));

		if (number == SIGCHLD)
			reap(program);
		else if (number > 0)
			(void)kill(program, (int)number); /* if it has just ended, its SIGCHLD comes next */
		else if (errno != EINTR)
			_exit(CANNOT_WORK);
	}
}

int main(void)
{
	struct kernel_signals all;
	pid_t program;

	memset(&all, 0xff, sizeof(all));
	if (syscall(SYS_rt_sigprocmask, SIG_BLOCK, &all, NULL, sizeof(all)) != 0)
		return CANNOT_WORK;
	if (read(STDIN_FILENO, &program, sizeof(program)) != sizeof(program) || close(STDIN_FILENO) != 0)
		return CANNOT_WORK;
	/* Executed by a descriptor it would be named after that one's number (before Linux 6.14). A filter may refuse. */
	(void)prctl(PR_SET_NAME, "caisson-init", 0, 0, 0);
	serve(program, &all);
}
