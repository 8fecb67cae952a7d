/* SPDX-License-Identifier: Apache-2.0 */
#include "reaper.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "init_image.h"
#include "seal.h"
#include "syscalls.h"
#include "tty.h"

bool reaper_wanted(const struct child *child)
{
	return child->plan->flags & PLAN_INIT_REAPER;
}

void reaper_prepare(struct child *child)
{
	struct reaper *reaper = &child->reaper;

	if (getpid() != 1 && prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
		child_fail(child, errno, "become the reaper of the container's processes");
	/* Each container has its own copy: what one could do to it would not reach another. */
	reaper->image = seal_image("caisson-init", init_image, (size_t)(init_image_end - init_image));
	if (reaper->image < 0 || pipe2(reaper->pid_pipe, O_CLOEXEC) != 0)
		child_fail(child, errno, "make the executable of the container's init");
}

/* "caisson-init -- PROGRAM ARGUMENT...", as ps is to show it. */
static char **arguments(const struct child *child)
{
	static char name[] = "caisson-init", end_of_options[] = "--";
	size_t count = 0;
	char **all;

	while (child->argv[count])
		count++;
	all = child_allocate(child, count + 3, sizeof *all);
	all[0] = name;
	all[1] = end_of_options;
	memcpy(&all[2], child->argv, count * sizeof *all);
	return all;
}

static _Noreturn void become_init(const struct child *child, pid_t user, char **argv)
{
	const struct reaper *reaper = &child->reaper;

	/* Standard streams, the channel, the terminal: all are the user's process's alone. */
	if (write(reaper->pid_pipe[1], &user, sizeof user) != sizeof user ||
	    sys_close_range(0, ~0u, CLOSE_RANGE_CLOEXEC) != 0 || dup2(reaper->pid_pipe[0], STDIN_FILENO) < 0)
		child_fail(child, errno, "hand the descriptors of the container's init on");
	(void)syscall(SYS_execveat, reaper->image, "", argv, child->environment, AT_EMPTY_PATH);
	child_fail(child, errno, "execute the container's init");
}

void reaper_split(struct child *child)
{
	char **argv = arguments(child);
	sigset_t all, before;
	pid_t user;

	/* Not by sigfillset(3), which leaves some out: caisson_init.c. */
	memset(&all, 0xff, sizeof all);
	if (sigprocmask(SIG_BLOCK, &all, &before) != 0)
		child_fail(child, errno, "block the signals of the container's init");
	user = fork();
	if (user < 0)
		child_fail(child, errno, "fork the user's process off the container's init");
	if (user > 0)
		become_init(child, user, argv);
	if (sigprocmask(SIG_SETMASK, &before, NULL) != 0)
		child_fail(child, errno, "unblock the signals of the process");
	/* Its parent is the init now, and ends with the shim if it is to. */
	if (child->context->die_with_parent && prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		child_fail(child, errno, "have the kernel end the process with the container's init");
	tty_session(child);
}
