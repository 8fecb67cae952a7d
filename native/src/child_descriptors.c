/* SPDX-License-Identifier: Apache-2.0 */
#include "child_descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/stat.h>
#include <unistd.h>

#include "restore.h"
#include "syscalls.h"

#define NEEDED_MAX (MSG_MAX_FDS + 8)

static unsigned int add_sorted(int *needed, unsigned int count, int fd)
{
	unsigned int at = count;

	if (fd < 0)
		return count;
	for (; at > 0 && needed[at - 1] > fd; at--)
		needed[at] = needed[at - 1];
	needed[at] = fd;
	return count + 1;
}

void descriptors_close_foreign(const struct child *child)
{
	const struct child_context *context = child->context;
	int needed[NEEDED_MAX];
	unsigned int count = 0, first = 3;

	count = add_sorted(needed, count, context->channel);
	count = add_sorted(needed, count, context->target_pidfd);
	count = add_sorted(needed, count, context->host_network);
	for (int i = 0; i < 3; i++)
		count = add_sorted(needed, count, context->stdio[i]);
	for (unsigned int i = 1; i < context->fd_count && i < MSG_MAX_FDS; i++)
		count = add_sorted(needed, count, context->fds[i]);
	for (unsigned int i = 0; i < count; i++) {
		unsigned int fd = (unsigned int)needed[i];

		if (fd > first && sys_close_range(first, fd - 1, 0) != 0)
			child_fail(child, errno, "close the descriptors %u to %u", first, fd - 1);
		if (fd >= first)
			first = fd + 1;
	}
	if (sys_close_range(first, ~0u, 0) != 0 || sys_close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) != 0)
		child_fail(child, errno, "close the descriptors from %u on", first);
}

/* Duplicates to a number that none of those to come takes. */
static int move_up(const struct child *child, int fd, int above)
{
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, above);

	if (moved < 0)
		child_fail(child, errno, "duplicate descriptor %d to above %d", fd, above);
	return moved;
}

static void put(const struct child *child, int fd, int number)
{
	if (dup2(fd, number) < 0)
		child_fail(child, errno, "put a descriptor on number %d of the process", number);
}

void descriptors_give_pipes(const struct child *child, uid_t uid, gid_t gid)
{
	for (int i = 0; i < 3; i++) {
		int fd = child->context->stdio[i];
		struct stat status;

		if (fd < 0 || fstat(fd, &status) != 0 || !S_ISFIFO(status.st_mode) || status.st_uid == uid)
			continue;
		/* Inside a user namespace that does not have the owner's id the pipe stays as it is: it can be used, but
		 * not be opened again. */
		if (fchown(fd, uid, gid) != 0 && errno != EPERM && errno != EINVAL)
			child_fail(child, errno, "give the pipe of stream %d to user %u", i, uid);
	}
}

static int highest_number(const struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_KEEP_FD, E_KEEP_FD);
	struct plan_fields fields;
	int number = 2;

	while (plan_next(&cursor, &fields)) {
		(void)field_u32(&fields);
		number = field_i32(&fields); /* they ascend */
	}
	return plan_find(child->plan, E_KEEP_NETWORK, &fields) ? field_i32(&fields) : number;
}

void descriptors_arrange(struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_KEEP_FD, E_KEEP_FD);
	int above = highest_number(child) + 1, streams[3];
	struct plan_fields fields;
	int *kept = child_allocate(child, child->plan->count[E_KEEP_FD], sizeof *kept);
	int network = restore_open_network(child);
	unsigned int count = 0;

	child->channel = move_up(child, child->channel, above);
	if (network >= 0)
		network = move_up(child, network, above);
	for (int i = 0; i < 3; i++)
		streams[i] = child->pty_slave >= 0 ? child->pty_slave : child->context->stdio[i];
	for (int i = 0; i < 3; i++)
		streams[i] = move_up(child, streams[i], above);
	while (plan_next(&cursor, &fields))
		kept[count++] = move_up(child, child->context->fds[field_u32(&fields)], above);
	if (sys_close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) != 0)
		child_fail(child, errno, "mark all descriptors to be closed by execve");
	for (int i = 0; i < 3; i++)
		put(child, streams[i], i);
	cursor = plan_cursor(child->plan, E_KEEP_FD, E_KEEP_FD);
	for (unsigned int i = 0; plan_next(&cursor, &fields); i++) {
		(void)field_u32(&fields);
		put(child, kept[i], field_i32(&fields));
	}
	if (network >= 0)
		put(child, network, above - 1);
}
