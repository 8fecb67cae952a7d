/* SPDX-License-Identifier: Apache-2.0 */
#include "mount.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "detached.h"
#include "filesystem.h"

#define SLACK (64 << 10) /* for what the container writes to them, beyond their content */
#define PAGE 4096

/* One small tmpfs holds the files of all MOUNT_CONTENT entries; nothing of it shows but the files. */
static int open_store(struct child *child, const struct plan_mount *mount)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_MOUNT, E_MOUNT);
	struct plan_fields fields;
	size_t size = SLACK;
	char options[64];

	while (plan_next(&cursor, &fields))
		size += (field_mount(&fields).content.length + PAGE - 1) / PAGE * PAGE;
	snprintf(options, sizeof options, "mode=755,size=%zu", size);
	int store = filesystem_make(child, "tmpfs", "tmpfs", options, 0, mount->target);
	detached_keep(child, store);
	return store;
}

static void write_file(const struct child *child, const struct plan_mount *mount, const char *name)
{
	int fd = openat(child->content, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	size_t done = 0;

	if (fd < 0)
		child_fail(child, errno, "make the file for %s", mount->target);
	while (done < mount->content.length) {
		ssize_t written = write(fd, (const char *)mount->content.data + done, mount->content.length - done);

		if (written < 0)
			child_fail(child, errno, "write the content of %s", mount->target);
		done += (size_t)written;
	}
	if (fchmod(fd, mount->mode) != 0)
		child_fail(child, errno, "set the mode of %s", mount->target);
	(void)close(fd);
}

void mount_content(struct child *child, const struct plan_mount *mount, unsigned int number)
{
	char name[16];
	int file;

	if (child->content < 0)
		child->content = open_store(child, mount);
	snprintf(name, sizeof name, "%u", number);
	write_file(child, mount, name);
	file = detached_clone_from(child, child->content, name);
	if (file < 0)
		child_fail(child, errno, "take the file for %s out of its store", mount->target);
	mount_place(child, mount, file, mount->attr_set, true);
}
