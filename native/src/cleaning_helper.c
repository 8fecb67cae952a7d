/* SPDX-License-Identifier: Apache-2.0 */
#include "cleaning_helper.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptor.h"
#include "link_remove.h"
#include "log.h"
#include "process.h"
#include "shim.h"
#include "syscalls.h"
#include "tree.h"

/* So many entries are removed at once: some 100 microseconds. */
#define AT_ONCE 128u

static int remove_trees(const struct process *process, unsigned int budget, char *what, size_t size)
{
	struct tree tree = {.kind = TREE_FILES, .budget = budget, .what = what, .size = size};
	struct kept_entry entry;
	size_t position = 0;
	int first = 0;

	while (kept_next(&process->kept, KEPT_TREE, &position, &entry)) {
		int error = tree_walk(&tree, entry.text);

		if (error == EAGAIN && budget != 0)
			return EAGAIN;
		if (error != 0 && first == 0) {
			first = error;
			tree.what = NULL; /* keeps the first */
		}
	}
	return first;
}

static int remove_all(const struct process *process, char *what, size_t size)
{
	int links = link_remove_all(&process->kept, what, size);
	char tree[256] = "";
	int trees = remove_trees(process, 0, links == 0 ? what : tree, links == 0 ? size : sizeof(tree));

	return links != 0 ? links : trees;
}

/* The exit status is the errno, the pipe has the path. */
_Noreturn static void help(const struct process *process, int report)
{
	char what[256] = "";
	int error;

	/* Nothing of the shim's may be kept open by a removal that takes its time: an engine would wait for its end. */
	if (report != 3 && dup2(report, 3) != 3)
		_exit(errno);
	(void)sys_close_range(4, ~0u, 0);
	error = remove_all(process, what, sizeof(what));
	if (error != 0 && write(3, what, strlen(what)) < 0)
		_exit(errno);
	_exit(error);
}

static void helper_ready(struct watch *watch, uint32_t events)
{
	struct process *process = OWNER(watch, struct process, cleaning.helper);
	char what[sizeof(process->cleaning.text)];
	ssize_t length = read(process->cleaning.report, what, sizeof(what) - 1);
	siginfo_t info = {0};
	int error;

	(void)events;
	what[length > 0 ? length : 0] = '\0';
	if (waitid(P_PIDFD, (id_t)watch->fd, &info, WEXITED) != 0)
		error = errno;
	else
		error = info.si_code == CLD_EXITED ? info.si_status : EINTR;
	cleaning_release(process);
	process->cleaning.helper_pid = 0;
	process->cleaning.done(process, error, what);
}

static int start_helper(struct process *process)
{
	int pidfd = -1;
	struct clone_args arguments = {.flags = CLONE_PIDFD | CLONE_CLEAR_SIGHAND, .exit_signal = SIGCHLD,
				       .pidfd = (uint64_t)(uintptr_t)&pidfd};
	int report[2];
	long pid;

	if (pipe2(report, O_CLOEXEC) != 0)
		return errno;
	pid = syscall(SYS_clone3, &arguments, sizeof(arguments));
	if (pid == 0)
		help(process, report[1]);
	descriptor_close(&report[1]);
	process->cleaning.report = report[0];
	if (pid < 0) {
		int error = errno;

		descriptor_close(&process->cleaning.report);
		return error;
	}
	process->cleaning.helper_pid = (int)pid;
	return loop_watch(&process->shim->loop, &process->cleaning.helper, pidfd, EPOLLIN, helper_ready) != 0 ? errno : 0;
}

/* What takes tens of milliseconds whatever its size. */
static bool waits_for_kernel(const struct process *process)
{
	return process->pins.count > 0 || kept_text(&process->kept, KEPT_LINK) != NULL;
}

int cleaning_rest(struct process *process, void (*done)(struct process *process, int error, const char *what),
		   char *what, size_t size)
{
	int error = waits_for_kernel(process) ? EAGAIN : remove_trees(process, AT_ONCE, what, size);

	if (error != EAGAIN)
		return error;
	process->cleaning.done = done;
	error = start_helper(process);
	/* The helper has copies of them, and so is the one to close them last. */
	pins_drop(process);
	if (error == 0)
		return EINPROGRESS;
	log_error(error, "start a process to remove what is left of '%s', the shim does it itself", process_name(process));
	return remove_all(process, what, size);
}
