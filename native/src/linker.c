/* SPDX-License-Identifier: Apache-2.0 */
#include "linker.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"
#include "veth.h"

_Noreturn static void run(const struct child *child, int order)
{
	char process[16];
	pid_t init;

	guard_process(child);
	/* End of file: the stager has failed. */
	if (read(order, &init, sizeof init) != (ssize_t)sizeof init)
		_exit(1);
	(void)snprintf(process, sizeof process, "%d", (int)init);
	veth_make_all(child, process);
	_exit(0);
}

struct linker linker_start(const struct child *child)
{
	struct linker linker = {0};
	int ends[2];

	if (!plan_has(child->plan, E_VETH))
		return linker;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		child_fail(child, errno, "make a socket to the process that makes the network interfaces");
	linker.pid = fork();
	if (linker.pid < 0)
		child_fail(child, errno, "fork a process that makes the network interfaces");
	if (linker.pid == 0) {
		struct child own = *child;

		(void)close(ends[0]);
		child_enter(&own, PHASE_NETWORK);
		run(&own, ends[1]);
	}
	(void)close(ends[1]);
	linker.order = ends[0];
	return linker;
}

void linker_finish(const struct child *child, struct linker *linker, pid_t init)
{
	int status;

	if (linker->pid == 0)
		return;
	if (write(linker->order, &init, sizeof init) != (ssize_t)sizeof init || waitpid(linker->pid, &status, 0) < 0)
		child_fail(child, errno, "have the network interfaces made");
	(void)close(linker->order);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		_exit(1);
}
