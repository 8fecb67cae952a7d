/* SPDX-License-Identifier: Apache-2.0 */
#include "user_namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc.h"
#include "syscalls.h"

#define LINE_SIZE 40

static bool outside_of_root(const struct plan *plan, enum entry_type map, uint32_t *root)
{
	struct plan_fields fields;

	if (!plan_find(plan, map, &fields))
		return false;
	for (uint32_t count = field_list(&fields); count > 0; count--) {
		uint32_t inside = field_u32(&fields), outside = field_u32(&fields);

		(void)field_u32(&fields);
		if (inside == 0) {
			*root = outside;
			return true;
		}
	}
	return false;
}

bool user_namespace_root(const struct plan *plan, uid_t *uid, gid_t *gid)
{
	return outside_of_root(plan, E_UID_MAP, uid) && outside_of_root(plan, E_GID_MAP, gid);
}

/* Where a list of {inside, outside, count} is, and how the holder is called in the host's /proc. */
static void write_map(const struct child *child, struct plan_fields map, const char *holder, const char *file)
{
	uint32_t count = field_list(&map);
	char *text = child_allocate(child, (size_t)count * LINE_SIZE + 1, 1), *to = text;
	char path[64];

	for (uint32_t i = 0; i < count; i++) {
		uint32_t inside = field_u32(&map), outside = field_u32(&map);

		to += sprintf(to, "%u %u %u\n", inside, outside, field_u32(&map));
	}
	snprintf(path, sizeof path, "%s/%s", holder, file);
	if (proc_write(child, path, text) != 0)
		child_fail(child, errno, "write the %s of the user namespace: %.300s", file, text);
	free(text);
}

/* Without rights over the parent's groups a map of groups may be written only when setgroups(2) is given up for good
 * (user_namespaces(7)). */
static void deny_setgroups(const struct child *child, const char *holder)
{
	char path[64];

	snprintf(path, sizeof path, "%s/setgroups", holder);
	if (plan_u32(child->plan, E_SETGROUPS, 1) == 0 && proc_write(child, path, "deny") != 0)
		child_fail(child, errno, "deny setgroups in the user namespace");
}

/* A user namespace needs somebody in it until there is a descriptor of it. The holder first says how it is called in the
 * host's /proc, which its maker, in a pid namespace of its own, can't know. It ends when the other end of the socket is
 * closed, be it that its maker has failed. */
static _Noreturn void hold(const struct child *child, int maker)
{
	char name[16], byte;
	ssize_t length = readlinkat(child->proc, "self", name, sizeof name);

	if (length > 0 && write(maker, name, (size_t)length) == length && dup2(maker, 0) == 0 &&
	    sys_close_range(1, ~0u, 0) == 0)
		(void)!read(0, &byte, 1);
	_exit(0);
}

static pid_t start_holder(const struct child *child, int maker)
{
	struct clone_args arguments = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
	pid_t pid = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);

	if (pid < 0)
		child_fail(child, errno, "make a user namespace");
	if (pid == 0)
		hold(child, maker);
	return pid;
}

static int make(const struct child *child, struct plan_fields uids, struct plan_fields gids)
{
	char holder[16] = "", path[64];
	int ends[2], fd, status;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		child_fail(child, errno, "make a socket to the holder of the user namespace");
	pid = start_holder(child, ends[1]);
	(void)close(ends[1]);
	if (read(ends[0], holder, sizeof holder - 1) <= 0)
		child_fail(child, errno, "hear from the holder of the user namespace");
	deny_setgroups(child, holder);
	write_map(child, gids, holder, "gid_map");
	write_map(child, uids, holder, "uid_map");
	snprintf(path, sizeof path, "%s/ns/user", holder);
	fd = openat(child->proc, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		child_fail(child, errno, "open the new user namespace");
	(void)close(ends[0]);
	if (waitpid(pid, &status, 0) != pid)
		child_fail(child, errno, "wait for the holder of the user namespace");
	return fd;
}

int user_namespace_of_map(const struct child *child, uint32_t number)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_IDMAP, E_IDMAP);
	struct plan_fields uids = {0}, gids;

	while (number-- > 0 && plan_next(&cursor, &uids))
		;
	gids = uids;
	for (uint32_t count = field_list(&gids) * 3; count > 0; count--)
		(void)field_u32(&gids);
	return make(child, uids, gids);
}

static int open_joined(const struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_NS_JOIN, E_NS_JOIN);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields))
		if (field_u32(&fields) & CLONE_NEWUSER)
			return child->context->fds[field_u32(&fields)];
	return -1;
}

int user_namespace_open(struct child *child)
{
	struct plan_fields uids, gids;

	if (!(plan_u32(child->plan, E_NS_NEW, 0) & CLONE_NEWUSER))
		return open_joined(child);
	(void)plan_find(child->plan, E_UID_MAP, &uids);
	(void)plan_find(child->plan, E_GID_MAP, &gids);
	return make(child, uids, gids);
}
