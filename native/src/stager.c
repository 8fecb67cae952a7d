/* SPDX-License-Identifier: Apache-2.0 */
#include "stager.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cgroup.h"
#include "child_channel.h"
#include "child_descriptors.h"
#include "guard.h"
#include "linker.h"
#include "namespaces.h"
#include "process_limits.h"
#include "rootfs.h"
#include "sources.h"
#include "user_namespace.h"

/* Mounts are made in a namespace of our own, where nothing of them shows on the host; what is taken along is detached from
 * it. The init starts with the host's mounts again. */
static void prepare_mounts(struct child *child)
{
	int host;

	/* From the shim's own user namespace there is no way back to the host's mounts: it is all left to the init. */
	if (!(plan_u32(child->plan, E_NS_NEW, 0) & CLONE_NEWNS) || child->shared_rights)
		return;
	child_enter(child, PHASE_ROOTFS);
	host = openat(child->proc, "self/ns/mnt", O_RDONLY | O_CLOEXEC);
	if (host < 0)
		child_fail(child, errno, "open the mount namespace");
	if (unshare(CLONE_NEWNS) != 0) {
		/* Somebody without that right on the host leaves it all to the init, which has it in its namespaces. */
		if (errno == EPERM)
			return;
		child_fail(child, errno, "make a mount namespace to prepare the root in");
	}
	rootfs_propagation(child);
	sources_open(child);
	if (child->plan->flags & PLAN_NEW_ROOT) {
		rootfs_make(child);
		rootfs_detach(child);
	}
	if (setns(host, CLONE_NEWNS) != 0)
		child_fail(child, errno, "go back to the host's mount namespace");
	child->stacked = 0;
	child->loose_count = 0;
}

static void enter_user_namespace(struct child *child)
{
	child_enter(child, PHASE_NAMESPACE);
	if (setns(child->user_namespace, CLONE_NEWUSER) != 0)
		child_fail(child, errno, "join the user namespace");
	child->namespaces |= CLONE_NEWUSER;
	child->shared_rights = true;
}

static int open_cgroup(const struct child *child)
{
	const char *path = plan_string(child->plan, E_CGROUP_INTO, NULL);
	int cgroup = path ? open(path, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;

	if (path && cgroup < 0)
		child_fail(child, errno, "open the cgroup %s", path);
	return cgroup;
}

static pid_t clone_init(struct child *child, int *pidfd)
{
	unsigned int made = plan_u32(child->plan, E_NS_NEW, 0) & ~child->namespaces &
			    ~(unsigned int)(CLONE_NEWTIME | CLONE_NEWCGROUP); /* as in child_namespaces() */
	struct clone_args arguments = {
		.flags = made | CLONE_PARENT | CLONE_PIDFD,
		.pidfd = (uint64_t)(uintptr_t)pidfd,
	};
	int cgroup = open_cgroup(child);
	pid_t pid;

	if (cgroup >= 0) {
		arguments.flags |= CLONE_INTO_CGROUP;
		arguments.cgroup = (uint64_t)cgroup;
	}
	pid = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
	if (pid < 0)
		child_fail(child, errno, "clone the init into its namespaces");
	if (pid == 0)
		child->namespaces |= made;
	return pid;
}

/* In the init: until the stager has told the shim who is who nothing may be said to the shim. */
static void await_turn(const struct child *child, const int turn[2])
{
	char byte;

	guard_process(child);
	(void)close(turn[1]);
	if (read(turn[0], &byte, 1) != 1)
		_exit(1);
	(void)close(turn[0]);
	(void)close(child->user_namespace);
}

void stager_split(struct child *child)
{
	struct linker linker;
	int turn[2], pidfd;
	uid_t uid;
	gid_t gid;
	pid_t pid;

	if (user_namespace_root(child->plan, &uid, &gid))
		descriptors_give_pipes(child, uid, gid);
	child_enter(child, PHASE_NAMESPACE);
	/* Before a pid namespace is joined, which it would be born into. */
	linker = linker_start(child);
	namespaces_join(child, ~(unsigned int)CLONE_NEWUSER);
	child->user_namespace = user_namespace_open(child);
	prepare_mounts(child);
	enter_user_namespace(child);
	if (pipe2(turn, O_CLOEXEC) != 0)
		child_fail(child, errno, "make a pipe between stager and init");
	pid = clone_init(child, &pidfd);
	if (pid == 0) {
		await_turn(child, turn);
		child->user_namespace = -1;
		child_enter(child, PHASE_CGROUP);
		cgroup_join(child);
		return;
	}
	limits_scheduler(child, pid);
	linker_finish(child, &linker, pid);
	channel_send(child, CHANNEL_INIT, &(uint32_t){(uint32_t)pid}, pidfd);
	if (write(turn[1], "", 1) != 1)
		child_fail(child, errno, "let the init go on");
	_exit(0);
}
