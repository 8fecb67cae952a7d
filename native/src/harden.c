/* SPDX-License-Identifier: Apache-2.0 */
#include "harden.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "shim.h"
#include "syscalls.h"

int harden_descriptors(void)
{
	/* The JDK does not open its sockets CLOEXEC: none of what the engine had open may live on in containers. */
	if (sys_close_range(3, ~0u, 0) != 0)
		return -1;
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
			return -1;
	}
	return 0;
}

/* A session of its own: no terminal's signals. A process group's leader cannot have one, which is so when a shell started
 * us: then a child goes on. */
static int leave_session(void)
{
	pid_t child;

	if (setsid() >= 0)
		return 0;
	child = fork();
	if (child < 0)
		return -1;
	if (child > 0)
		_exit(0);
	return setsid() < 0 ? -1 : 0;
}

/* Each container costs up to five descriptors in lasting mode. The processes get the limit we were given. */
static void raise_descriptor_limit(struct shim *shim)
{
	struct rlimit raised;

	if (getrlimit(RLIMIT_NOFILE, &shim->descriptors) != 0)
		shim->descriptors = (struct rlimit){.rlim_cur = 1024, .rlim_max = 1024};
	raised = (struct rlimit){.rlim_cur = shim->descriptors.rlim_max, .rlim_max = shim->descriptors.rlim_max};
	if (setrlimit(RLIMIT_NOFILE, &raised) != 0)
		shim->descriptors.rlim_max = shim->descriptors.rlim_cur;
}

int harden_process(struct shim *shim, char *what, size_t size)
{
	shim->umask = umask(077);
	if (leave_session() != 0) {
		(void)snprintf(what, size, "could not make a session of its own");
		return -1;
	}
	if (chdir("/") != 0) {
		(void)snprintf(what, size, "could not change to /");
		return -1;
	}
	if (prctl(PR_SET_NAME, "caisson-shim") != 0 || prctl(PR_SET_DUMPABLE, 0) != 0) {
		(void)snprintf(what, size, "could not set the process name, or to be not dumpable");
		return -1;
	}
	if (shim->mode != MODE_ONE_SHOT && prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
		(void)snprintf(what, size, "could not become a sub-reaper");
		return -1;
	}
	raise_descriptor_limit(shim);
	/* The OOM score stays as it is: each child would inherit a protected one, and with less than a megabyte the shim is the
	 * last that the kernel would choose anyway. */
	shim->null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (shim->null < 0) {
		(void)snprintf(what, size, "could not open /dev/null");
		return -1;
	}
	return 0;
}
