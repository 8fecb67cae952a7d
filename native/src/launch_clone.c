/* SPDX-License-Identifier: Apache-2.0 */
/* The clone itself. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "descriptor.h"
#include "launch_channel.h"
#include "log.h"
#include "preparation.h"
#include "proc_stat.h"
#include "reap.h"
#include "record.h"
#include "shim.h"
#include "strays.h"
#include "syscalls.h"

/* The child gets the limit that the shim was started with, not the one it gave itself. */
_Noreturn static void become_child(const struct shim *shim, const struct child_context *context)
{
	if (shim->descriptors.rlim_cur != shim->descriptors.rlim_max)
		(void)setrlimit(RLIMIT_NOFILE, &shim->descriptors);
	child_main(context);
}

static int join_failed(struct preparation *preparation, int error)
{
	return failure_set(preparation->failure, PHASE_NAMESPACE, error,
			   error == ESRCH ? "the container to enter has just ended" : "could not join the pid namespace");
}

/* Children are born into the pid namespace that setns(2) names, while the caller stays where it is (pid_namespaces(7)).
 * The shim has one thread, so it may do that itself and save the second fork which an exec into a container else costs. */
static int enter_pid_namespace(struct preparation *preparation)
{
	struct shim *shim = preparation->process->shim;

	if (preparation->pid_namespace < 0 || shim->in_user_namespace)
		return 0;
	if (shim->pid_namespace < 0)
		shim->pid_namespace = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
	if (shim->pid_namespace < 0)
		return failure_set(preparation->failure, PHASE_NAMESPACE, errno, "could not open the shim's pid namespace");
	return setns(preparation->pid_namespace, CLONE_NEWPID) == 0 ? 0 : join_failed(preparation, errno);
}

static void leave_pid_namespace(const struct preparation *preparation)
{
	if (preparation->pid_namespace < 0 || preparation->process->shim->in_user_namespace)
		return;
	if (setns(preparation->process->shim->pid_namespace, CLONE_NEWPID) != 0) {
		/* All further children would be born in a stranger's namespace. */
		log_error(errno, "come back to the own pid namespace; the shim ends");
		abort();
	}
}

static uint64_t ticks_since_boot(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_BOOTTIME, &now);
	return ((uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec) / (1000000000u / (uint64_t)sysconf(_SC_CLK_TCK));
}

/* A network namespace takes the kernel longer than all others together. While the shim is busy with cgroups the child
 * makes its own. */
static unsigned int namespaces_of_clone(const struct preparation *preparation)
{
	unsigned int namespaces = child_namespaces(&preparation->plan);

	return preparation->cgroups_late ? namespaces & ~(unsigned int)CLONE_NEWNET : namespaces;
}

static void fill_context(struct child_context *context, const struct preparation *preparation)
{
	*context = (struct child_context){.plan = &preparation->plan,
					  .fds = preparation->fds,
					  .fd_count = preparation->fd_count,
					  .channel = preparation->channel,
					  .host_network = preparation->host_network,
					  .target_pidfd = preparation->target_pidfd,
					  .in_user_namespace = preparation->process->shim->in_user_namespace,
					  .engine_umask = preparation->process->shim->umask,
					  .die_with_parent = preparation->process->shim->mode != MODE_ONE_SHOT,
					  .cgroups_late = preparation->cgroups_late,
					  .namespaces_done = namespaces_of_clone(preparation),
					  .progress = preparation->process->launch->progress};
	for (int i = 0; i < 3; i++)
		context->stdio[i] = preparation->stdio[i];
}

/* The clone3(2) call. Does not return in the child: the pid, or -1 with errno. */
static long clone_child(const struct preparation *preparation, struct clone_args arguments)
{
	struct child_context context;
	long pid;

	fill_context(&context, preparation);
	arguments.flags |= CLONE_CLEAR_SIGHAND |
			   (plan_u32(&preparation->plan, E_NS_NEW, 0) & context.namespaces_done);
	if (preparation->cgroup >= 0) {
		arguments.flags |= CLONE_INTO_CGROUP;
		arguments.cgroup = (uint64_t)preparation->cgroup;
	}
	pid = syscall(SYS_clone3, &arguments, sizeof(arguments));
	if (pid == 0)
		become_child(preparation->process->shim, &context);
	return pid;
}

static long clone_here(const struct preparation *preparation, int *pidfd)
{
	struct clone_args arguments = {.flags = CLONE_PIDFD, .exit_signal = SIGCHLD, .pidfd = (uint64_t)(uintptr_t)pidfd};

	return clone_child(preparation, arguments);
}

/* From inside a user namespace there is a way into a container's pid namespace, but none back to the host's: somebody else
 * goes, who makes the child in our name. The answers come by the memory that vfork(2) shares. */
static long clone_from_between(const struct preparation *preparation, int *pidfd, bool *joined)
{
	volatile bool entered = false;
	volatile long pid = -1;
	volatile int error = 0;
	pid_t between = vfork();

	if (between == 0) {
		entered = setns(preparation->pid_namespace, CLONE_NEWPID) == 0;
		if (entered)
			pid = clone_child(preparation, (struct clone_args){.flags = CLONE_PARENT});
		error = errno;
		_exit(0);
	}
	if (between < 0)
		return -1;
	while (waitpid(between, NULL, 0) < 0 && errno == EINTR)
		continue;
	*joined = entered;
	errno = error;
	/* It is our child, which only we can reap: the pid is its own. */
	if (pid > 0)
		*pidfd = sys_pidfd_open((pid_t)pid);
	return pid;
}

static int clone_failed(const struct preparation *preparation, int error)
{
	const char *hint = "";

	if (error == ENOSPC)
		hint = ": a limit of /proc/sys/user/max_*_namespaces is reached";
	else if (error == EAGAIN)
		hint = ": a limit on processes is reached (RLIMIT_NPROC, pids cgroup, kernel.pid_max)";
	else if (error == ENOMEM && preparation->pid_namespace >= 0)
		hint = ": the init of the pid namespace has ended";
	return failure_set(preparation->failure, PHASE_CLONE, error, "could not make the process with namespaces %#x%s",
			   plan_u32(&preparation->plan, E_NS_NEW, 0), hint);
}

static int adopt(struct preparation *preparation, int pidfd)
{
	struct process *process = preparation->process;

	if (reap_watch(process, pidfd) == 0) {
		if (process->launch->record >= 0)
			record_identify(process, process->launch->record);
		return 0;
	}
	failure_set(preparation->failure, PHASE_SHIM, errno, "could not watch the new process");
	(void)syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
	descriptor_close(&pidfd);
	strays_expect(process->shim);
	process->pid = 0;
	return -1;
}

int launch_clone(struct preparation *preparation)
{
	struct process *process = preparation->process;
	int pidfd = -1;
	uint64_t before, after;
	bool joined = true;
	long pid;
	int error;

	if (enter_pid_namespace(preparation) != 0)
		return -1;
	before = ticks_since_boot();
	if (preparation->pid_namespace >= 0 && process->shim->in_user_namespace)
		pid = clone_from_between(preparation, &pidfd, &joined);
	else
		pid = clone_here(preparation, &pidfd);
	error = errno;
	after = ticks_since_boot();
	leave_pid_namespace(preparation);
	if (pid < 0)
		return joined ? clone_failed(preparation, error) : join_failed(preparation, error);
	process->pid = (pid_t)pid;
	/* The kernel notes a process's start by the same clock: within one tick there is nothing to be read. */
	process->start_time = before == after ? before : proc_start_time(process->pid);
	return adopt(preparation, pidfd);
}
