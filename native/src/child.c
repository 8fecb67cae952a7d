/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child.c - the steps between clone and exec, in the order of runc and crun where that order is there for a reason.
 */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cgroup.h"
#include "child_descriptors.h"
#include "child_state.h"
#include "cwd.h"
#include "deferred.h"
#include "device.h"
#include "exec.h"
#include "guard.h"
#include "hold.h"
#include "hook.h"
#include "mask.h"
#include "mount.h"
#include "namespaces.h"
#include "network.h"
#include "proc.h"
#include "process_limits.h"
#include "reaper.h"
#include "restore.h"
#include "rootfs.h"
#include "seccomp.h"
#include "security.h"
#include "sources.h"
#include "stager.h"
#include "sysctl.h"
#include "tty.h"
#include "user_namespace.h"
#include "veth.h"

static struct child new_child(const struct child_context *context)
{
	static char no_state[] = "";

	return (struct child){
		.context = context,
		.plan = context->plan,
		.channel = context->channel,
		.namespaces = context->namespaces_done,
		.shared_rights = context->in_user_namespace,
		.proc = -1,
		.root = -1,
		.root_tree = -1,
		.user_namespace = -1,
		.content = -1,
		.pty_master = -1,
		.pty_slave = -1,
		.last_parent = -1,
		.state = no_state,
	};
}

static void begin(struct child *child)
{
	child_enter(child, PHASE_SHIM);
	guard_process(child);
	guard_reset_signals(child);
	descriptors_close_foreign(child);
	/* Modes are meant as they are given. */
	(void)umask(0);
	limits_first(child);
	proc_open(child);
	exec_prepare(child);
}

static void enter_cgroups(struct child *child)
{
	child_enter(child, PHASE_CGROUP);
	cgroup_make(child);
	if (!child_needs_stager(child->plan))
		cgroup_join(child);
}

/* While the process has the rights of the host, and in its cgroups, which have a say in processors and scheduling. */
static void set_outer_limits(struct child *child)
{
	child_enter(child, PHASE_LIMIT);
	limits_outer(child);
	limits_raise(child);
}

static void enter_namespaces(struct child *child)
{
	uid_t uid;
	gid_t gid;

	if (child_needs_stager(child->plan))
		stager_split(child);
	child_enter(child, PHASE_NAMESPACE);
	if (child->plan->kind == PLAN_EXEC && user_namespace_root(child->plan, &uid, &gid))
		descriptors_give_pipes(child, uid, gid);
	namespaces_join(child, ~0u);
	namespaces_make(child, child->context->cgroups_late ? ~(unsigned int)CLONE_NEWCGROUP : ~0u);
	namespaces_time(child);
	namespaces_names(child);
	if (child->namespaces & CLONE_NEWUSER) {
		namespaces_become_root(child);
		guard_process(child);
	}
}

/* A cgroup namespace shows as its root the cgroup that its maker is in. */
static void enter_cgroups_late(struct child *child)
{
	enter_cgroups(child);
	set_outer_limits(child);
	child_enter(child, PHASE_NAMESPACE);
	namespaces_make(child, CLONE_NEWCGROUP);
}

static void set_up_network(struct child *child)
{
	child_enter(child, PHASE_NETWORK);
	if (child->plan->flags & PLAN_LOOPBACK)
		network_loopback(child);
	if (!child_needs_stager(child->plan))
		veth_make_all(child, "self");
	network_configure(child);
}

static bool has_own_mounts(const struct child *child)
{
	return plan_u32(child->plan, E_NS_NEW, 0) & CLONE_NEWNS;
}

static void make_root(struct child *child)
{
	child_enter(child, PHASE_ROOTFS);
	if (has_own_mounts(child)) {
		rootfs_propagation(child);
		sources_open(child);
	}
	if (child->plan->flags & PLAN_NEW_ROOT) {
		rootfs_make(child);
		return;
	}
	child->root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (child->root < 0)
		child_fail(child, errno, "open the root");
}

static void fill_root(struct child *child)
{
	child_enter(child, PHASE_MOUNT);
	mount_all(child);
	child_enter(child, PHASE_DEVICE);
	device_make_all(child);
	device_link_all(child);
	if (child->plan->flags & PLAN_DEV_SETUP)
		device_setup(child);
}

static void find_user(struct child *child)
{
	child_enter(child, PHASE_USER);
	identity_resolve(child);
	exec_add_home(child);
}

static void open_terminal(struct child *child)
{
	child_enter(child, PHASE_TERMINAL);
	if (!(child->plan->flags & PLAN_TTY))
		return;
	tty_open(child);
	if (child->plan->flags & PLAN_DEV_SETUP)
		tty_console(child);
}

static void run_create_hooks(struct child *child)
{
	child_enter(child, PHASE_HOOK);
	hold_created(child);
	(void)umask(child->context->engine_umask);
	hook_run_all(child, E_HOOK_CREATE);
	(void)umask(0);
}

/* What comes last in the root, because what came before writes to it. */
static void close_root(struct child *child)
{
	child_enter(child, PHASE_CWD);
	cwd_make(child);
	child_enter(child, PHASE_MASK);
	mask_protect(child);
	mask_hide(child);
	deferred_close(child);
}

static void enter_root(struct child *child)
{
	child_enter(child, PHASE_PIVOT);
	if (child->plan->flags & PLAN_NEW_ROOT)
		rootfs_pivot(child);
	child_enter(child, PHASE_SYSCTL);
	sysctl_write_all(child);
}

static void take_labels(struct child *child)
{
	child_enter(child, PHASE_SECURITY);
	security_keyring(child);
	security_label(child);
}

static void become_user(struct child *child)
{
	bool entered;

	child_enter(child, PHASE_STDIO);
	if (child->identity.known)
		descriptors_give_pipes(child, child->identity.uid, (gid_t)-1);
	child_enter(child, PHASE_LIMIT);
	if (!child_needs_stager(child->plan))
		limits_scheduler(child, 0);
	limits_last(child);
	child_enter(child, PHASE_CWD);
	entered = cwd_enter(child, false);
	child_enter(child, PHASE_IDENTITY);
	identity_assume(child);
	child_enter(child, PHASE_CWD);
	/* Root without rights over other users' files may be kept out where the user itself is not. */
	if (!entered)
		(void)cwd_enter(child, true);
}

static void await_start(struct child *child)
{
	child_enter(child, PHASE_EXEC);
	exec_find(child);
	hold_ready(child);
	child_enter(child, PHASE_HOOK);
	hook_run_all(child, E_HOOK_START);
}

static void arrange_process(struct child *child)
{
	child_enter(child, PHASE_TERMINAL);
	if (!reaper_wanted(child))
		tty_session(child);
	child_enter(child, PHASE_STDIO);
	descriptors_arrange(child);
	if (reaper_wanted(child))
		reaper_prepare(child);
	child_enter(child, PHASE_LIMIT);
	limits_resources(child);
	limits_processors(child);
}

static void confine(struct child *child)
{
	child_enter(child, PHASE_SECURITY);
	security_no_new_privileges(child);
	seccomp_load(child);
	identity_finish(child);
}

/* The init is brought back with all that it had. What is made here is what a checkpoint does not hold. */
static _Noreturn void restore(struct child *child)
{
	run_create_hooks(child);
	child_enter(child, PHASE_SYSCTL);
	sysctl_write_all(child);
	restore_make_stage(child);
	find_user(child);
	child_enter(child, PHASE_STDIO);
	if (child->identity.known)
		descriptors_give_pipes(child, child->identity.uid, (gid_t)-1);
	child_enter(child, PHASE_EXEC);
	exec_find(child);
	child_enter(child, PHASE_STDIO);
	restore_streams(child);
	descriptors_arrange(child);
	child_enter(child, PHASE_EXEC);
	exec_run(child);
}

static _Noreturn void run(struct child *child)
{
	child_enter(child, PHASE_EXEC);
	if (reaper_wanted(child))
		reaper_split(child);
	exec_run(child);
}

void child_main(const struct child_context *context)
{
	struct child child = new_child(context);

	begin(&child);
	if (!context->cgroups_late) {
		enter_cgroups(&child);
		set_outer_limits(&child);
	}
	enter_namespaces(&child);
	set_up_network(&child);
	if (child.plan->flags & PLAN_RESTORE)
		restore(&child);
	make_root(&child);
	if (context->cgroups_late)
		enter_cgroups_late(&child);
	fill_root(&child);
	find_user(&child);
	open_terminal(&child);
	run_create_hooks(&child);
	close_root(&child);
	enter_root(&child);
	take_labels(&child);
	become_user(&child);
	await_start(&child);
	arrange_process(&child);
	confine(&child);
	run(&child);
}
