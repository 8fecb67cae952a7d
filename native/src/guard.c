/* SPDX-License-Identifier: Apache-2.0 */
#include "guard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

static void die_with_shim(const struct child *child)
{
	struct pollfd channel = {.fd = child->channel, .events = 0};

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		child_fail(child, errno, "have the kernel end the process with the shim");
	/* getppid(2) says nothing in a pid namespace; the socket of a shim that died before the prctl is hung up. */
	if (poll(&channel, 1, 0) > 0 && (channel.revents & (POLLHUP | POLLERR)))
		_exit(1);
}

/* A process without root's rights needs its own files in /proc to make its first user namespace (the shim that it was cloned
 * from is not dumpable), and nobody from the container is there yet who could look into it. */
static bool is_exposed(const struct child *child)
{
	return geteuid() == 0 || child->plan->kind == PLAN_EXEC;
}

void guard_process(const struct child *child)
{
	if (prctl(PR_SET_DUMPABLE, is_exposed(child) ? 0 : 1, 0, 0, 0) != 0)
		child_fail(child, errno, "settle who may look into the process");
	if (child->context->die_with_parent)
		die_with_shim(child);
}

void guard_reset_signals(const struct child *child)
{
	sigset_t none;

	/* Handlers are default and nothing is ignored: the shim saw to that once, and the clone (CLONE_CLEAR_SIGHAND). */
	(void)sigemptyset(&none);
	if (sigprocmask(SIG_SETMASK, &none, NULL) != 0)
		child_fail(child, errno, "unblock all signals");
}
