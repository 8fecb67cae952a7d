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

static void write_map(const struct child *child, enum entry_type type, pid_t pid, const char *file)
{
	struct plan_fields fields;
	char path[64];

	(void)plan_find(child->plan, type, &fields);
	uint32_t count = field_list(&fields);
	char *text = child_allocate(child, (size_t)count * LINE_SIZE + 1, 1), *to = text;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t inside = field_u32(&fields), outside = field_u32(&fields);

		to += sprintf(to, "%u %u %u\n", inside, outside, field_u32(&fields));
	}
	snprintf(path, sizeof path, "%d/%s", (int)pid, file);
	if (proc_write(child, path, text) != 0)
		child_fail(child, errno, "write the %s of the user namespace: %.300s", file, text);
	free(text);
}

/* Without rights over the parent's groups a map of groups may be written only when setgroups(2) is given up for good
 * (user_namespaces(7)). */
static void write_maps(const struct child *child, pid_t pid)
{
	char path[64];

	if (plan_u32(child->plan, E_SETGROUPS, 1) == 0) {
		snprintf(path, sizeof path, "%d/setgroups", (int)pid);
		if (proc_write(child, path, "deny") != 0)
			child_fail(child, errno, "deny setgroups in the user namespace");
	}
	write_map(child, E_GID_MAP, pid, "gid_map");
	write_map(child, E_UID_MAP, pid, "uid_map");
}

/* A user namespace needs somebody in it until there is a descriptor of it. The holder ends when the other end of `held` is
 * closed, be it that its maker has failed. */
static _Noreturn void hold(int held)
{
	char byte;

	if (dup2(held, 0) == 0 && sys_close_range(1, ~0u, 0) == 0)
		(void)!read(0, &byte, 1);
	_exit(0);
}

static pid_t start_holder(const struct child *child, int held)
{
	struct clone_args arguments = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
	pid_t pid = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);

	if (pid < 0)
		child_fail(child, errno, "make a user namespace");
	if (pid == 0)
		hold(held);
	return pid;
}

static int make(const struct child *child)
{
	int ends[2], fd, status;
	char path[64];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		child_fail(child, errno, "make a pipe to the holder of the user namespace");
	pid = start_holder(child, ends[0]);
	write_maps(child, pid);
	snprintf(path, sizeof path, "%d/ns/user", (int)pid);
	fd = openat(child->proc, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		child_fail(child, errno, "open the new user namespace");
	(void)close(ends[0]);
	(void)close(ends[1]);
	if (waitpid(pid, &status, 0) != pid)
		child_fail(child, errno, "wait for the holder of the user namespace");
	return fd;
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
	if (plan_u32(child->plan, E_NS_NEW, 0) & CLONE_NEWUSER)
		return make(child);
	return open_joined(child);
}
