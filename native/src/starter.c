/* SPDX-License-Identifier: Apache-2.0 */
#include "starter.h"

#include <errno.h>
#include <unistd.h>

#include "descriptor.h"
#include "log.h"
#include "syscalls.h"

int starter_open(void)
{
	pid_t parent = getppid();
	AUTO_CLOSE int pidfd = parent > 0 ? sys_pidfd_open(parent) : -1;

	/* Still our parent: so it was no stranger's pid that was opened. */
	return pidfd >= 0 && getppid() == parent ? descriptor_take(&pidfd) : -1;
}

static void starter_gone(struct watch *watch, uint32_t events)
{
	struct shim *shim = OWNER(watch, struct shim, starter);
	int pidfd = loop_forget(&shim->loop, watch);

	(void)events;
	descriptor_close(&pidfd);
	log_note("the process that started this shim ended before it connected: ending");
	shim_end(shim);
}

int starter_watch(struct shim *shim, int pidfd)
{
	/* Started by a process of another pid namespace, or one that has gone: nobody to be watched. */
	if (pidfd < 0)
		return 0;
	if (loop_watch(&shim->loop, &shim->starter, pidfd, EPOLLIN, starter_gone) != 0)
		return -1;
	return 0;
}
