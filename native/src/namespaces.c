/* SPDX-License-Identifier: Apache-2.0 */
#include "namespaces.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/sched.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plan_rules.h"
#include "proc.h"

bool child_needs_stager(const struct plan *plan)
{
	unsigned int all = plan_u32(plan, E_NS_NEW, 0) | plan_joined_namespaces(plan);

	return plan->kind == PLAN_INIT && (all & CLONE_NEWUSER);
}

bool plan_enters_cgroups_late(const struct plan *plan)
{
	return plan->kind == PLAN_INIT && (plan->flags & (PLAN_CGROUP_IN_PARENT | PLAN_RESTORE)) == PLAN_CGROUP_IN_PARENT &&
	       (plan_u32(plan, E_NS_NEW, 0) & CLONE_NEWNS) != 0 && !child_needs_stager(plan);
}

unsigned int child_namespaces(const struct plan *plan)
{
	if (child_needs_stager(plan))
		return 0;
	/* A cgroup namespace shows as its root the cgroup that its maker is in: it has to wait for the joins. Offsets can be
	 * written to a time namespace only while nobody is in it. */
	return (plan_u32(plan, E_NS_NEW, 0) & ~(unsigned int)(CLONE_NEWCGROUP | CLONE_NEWTIME)) |
	       (plan_joined_namespaces(plan) & CLONE_NEWPID);
}

static const char *names(unsigned int flags, char *text, size_t size)
{
	static const struct {
		unsigned int flag;
		const char *name;
	} known[] = {{CLONE_NEWUSER, "user"}, {CLONE_NEWNS, "mount"}, {CLONE_NEWPID, "pid"}, {CLONE_NEWNET, "network"},
		     {CLONE_NEWIPC, "ipc"}, {CLONE_NEWUTS, "uts"}, {CLONE_NEWCGROUP, "cgroup"}, {CLONE_NEWTIME, "time"}};
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if ((flags & known[i].flag) && length + 16 < size)
			length += (size_t)snprintf(text + length, size - length, "%s%s", length ? ", " : "", known[i].name);
	return text;
}

static void join(struct child *child, int fd, unsigned int flags)
{
	char text[128];

	if (setns(fd, (int)flags) != 0)
		child_fail(child, errno, "join the namespaces %s", names(flags, text, sizeof text));
	child->namespaces |= flags;
	if (flags & CLONE_NEWUSER)
		child->shared_rights = true;
}

static void join_files(struct child *child, unsigned int wanted)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_NS_JOIN, E_NS_JOIN);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		unsigned int flags = field_u32(&fields) & wanted, fd = field_u32(&fields);

		if (flags && fd > 0)
			join(child, child->context->fds[fd], flags);
	}
}

static void join_target(struct child *child, unsigned int wanted)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_NS_JOIN, E_NS_JOIN);
	struct plan_fields fields;
	unsigned int flags = 0;

	while (plan_next(&cursor, &fields)) {
		unsigned int these = field_u32(&fields) & wanted;

		if (field_u32(&fields) == 0)
			flags |= these;
	}
	/* One setns(2) with a pidfd joins them all, the user namespace first (Linux 5.8). */
	if (flags)
		join(child, child->context->target_pidfd, flags);
}

void namespaces_join(struct child *child, unsigned int wanted)
{
	wanted &= ~child->namespaces;
	/* The rights over the others may be the host's: they are given up with the user namespace, which comes last. */
	join_files(child, wanted & ~(unsigned int)CLONE_NEWUSER);
	join_target(child, wanted);
	join_files(child, wanted & CLONE_NEWUSER);
}

void namespaces_make(struct child *child, unsigned int wanted)
{
	char text[128];

	wanted &= plan_u32(child->plan, E_NS_NEW, 0) & ~child->namespaces;
	if (!wanted)
		return;
	if (unshare((int)wanted) != 0)
		child_fail(child, errno, "make the namespaces %s", names(wanted, text, sizeof text));
	child->namespaces |= wanted;
}

void namespaces_time(struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_TIME_OFFSET, E_TIME_OFFSET);
	struct plan_fields fields;
	int fd;

	if (!(plan_u32(child->plan, E_NS_NEW, 0) & CLONE_NEWTIME))
		return;
	while (plan_next(&cursor, &fields)) {
		uint32_t clock = field_u32(&fields);
		int64_t seconds = (int64_t)field_u64(&fields);
		char line[64];

		snprintf(line, sizeof line, "%u %lld %u\n", clock, (long long)seconds, field_u32(&fields));
		if (proc_write(child, "self/timens_offsets", line) != 0)
			child_fail(child, errno, "set the offset of clock %u to %lld s", clock, (long long)seconds);
	}
	/* unshare(2) makes it for the children only; setns(2) is the way in for oneself. "time_for_children" is a magic
	 * link, which is the point here. */
	fd = openat(child->proc, "self/ns/time_for_children", O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWTIME) != 0)
		child_fail(child, errno, "enter the new time namespace");
	(void)close(fd);
}

void namespaces_names(const struct child *child)
{
	const char *host = plan_string(child->plan, E_HOSTNAME, NULL);
	const char *domain = plan_string(child->plan, E_DOMAINNAME, NULL);

	if (host && sethostname(host, strlen(host)) != 0)
		child_fail(child, errno, "set the host name %s", host);
	if (domain && setdomainname(domain, strlen(domain)) != 0)
		child_fail(child, errno, "set the domain name %s", domain);
}

void namespaces_become_root(struct child *child)
{
	/* EPERM: the namespace denies setgroups(2) for good; then the host's groups stay, as user_namespaces(7) has it. */
	if (setgroups(0, NULL) != 0 && errno != EPERM)
		child_fail(child, errno, "drop the host's groups");
	/* EINVAL: the namespace has no id 0; everything is then done as the unmapped user that we are. */
	if (setresgid(0, 0, 0) != 0 && errno != EINVAL)
		child_fail(child, errno, "become group 0 of the user namespace");
	if (setresuid(0, 0, 0) != 0 && errno != EINVAL)
		child_fail(child, errno, "become user 0 of the user namespace");
}
