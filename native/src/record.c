/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "boot.h"
#include "descriptor.h"
#include "log.h"
#include "shim.h"

#define RECORD_MAGIC 0x43455243u /* "CREC" */
#define RECORD_VERSION 1u
/* Larger than any plan can make one. */
#define RECORD_MAX ((off_t)PLAN_MAX + ((off_t)1 << 20))

void record_name(uint64_t tag, char name[static RECORD_NAME_MAX])
{
	(void)snprintf(name, RECORD_NAME_MAX, "%016" PRIx64, tag);
}

static struct record header_of(const struct process *process)
{
	struct record record = {.magic = RECORD_MAGIC, .version = RECORD_VERSION, .tag = process->tag,
				.target = process->target, .kind = process->kind, .flags = process->flags,
				.pid = (uint32_t)process->pid, .start_time = process->start_time,
				.started_ns = process->started_ns};

	boot_id(record.boot);
	return record;
}

static int write_all(int fd, const struct iovec *parts, int count)
{
	size_t length = 0;
	ssize_t written;

	for (int i = 0; i < count; i++)
		length += parts[i].iov_len;
	written = writev(fd, parts, count);
	if (written < 0)
		return -1;
	if ((size_t)written != length) {
		errno = ENOSPC; /* a short write to a file means just that */
		return -1;
	}
	return 0;
}

int record_create(struct process *process, const void *blob, size_t blob_length)
{
	struct record record = header_of(process);
	struct kept tail = {0};
	struct iovec parts[3] = {{.iov_base = &record, .iov_len = sizeof(record)},
				 {.iov_base = process->kept.bytes, .iov_len = process->kept.length}};
	char name[RECORD_NAME_MAX];
	AUTO_CLOSE int fd = -1;
	int result;

	if (blob_length > 0 && kept_add(&tail, KEPT_BLOB, blob, blob_length) != 0)
		return -1;
	parts[2] = (struct iovec){.iov_base = tail.bytes, .iov_len = tail.length};
	record_name(process->tag, name);
	fd = openat(process->shim->root.records, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0)
		process->recorded = true;
	result = fd >= 0 ? write_all(fd, parts, 3) : -1;
	kept_free(&tail);
	return result == 0 ? descriptor_take(&fd) : -1;
}

void record_identify(const struct process *process, int record)
{
	struct record header = header_of(process);

	if (pwrite(record, &header, sizeof(header), 0) != (ssize_t)sizeof(header))
		log_error(errno, "write pid %d into its record", (int)process->pid);
}

static void append_exited(const struct process *process, const char *name)
{
	struct kept entry = {0};
	AUTO_CLOSE int fd = openat(process->shim->root.records, name, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
	struct iovec part;

	if (fd < 0 || kept_add(&entry, KEPT_EXITED, &process->fact.head.exited, sizeof(process->fact.head.exited)) != 0) {
		log_error(errno, "keep in record %s how its process ended", name);
		return;
	}
	part = (struct iovec){.iov_base = entry.bytes, .iov_len = entry.length};
	if (write_all(fd, &part, 1) != 0)
		log_error(errno, "keep in record %s how its process ended", name);
	kept_free(&entry);
}

void record_append_exited(const struct process *process)
{
	char name[RECORD_NAME_MAX];

	if (!process->recorded)
		return;
	record_name(process->tag, name);
	append_exited(process, name);
}

int record_remove(struct process *process)
{
	char name[RECORD_NAME_MAX];

	if (!process->recorded)
		return 0;
	record_name(process->tag, name);
	if (unlinkat(process->shim->root.records, name, 0) != 0 && errno != ENOENT)
		return errno;
	process->recorded = false;
	return 0;
}

static int read_body(int fd, size_t length, struct kept *kept)
{
	size_t done = 0;

	if (length == 0)
		return 0;
	kept->bytes = malloc(length);
	if (kept->bytes == NULL)
		return -1;
	kept->capacity = length;
	while (done < length) {
		ssize_t count = pread(fd, kept->bytes + done, length - done, (off_t)(sizeof(struct record) + done));

		if (count < 0)
			return -1;
		if (count == 0)
			break;
		done += (size_t)count;
	}
	kept->length = done;
	if (!kept_valid(kept)) {
		errno = EBADMSG;
		return -1;
	}
	return 0;
}

int record_read(const struct shim *shim, const char *name, struct record *record, struct kept *kept)
{
	AUTO_CLOSE int fd = openat(shim->root.records, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat status;

	*kept = (struct kept){0};
	if (fd < 0 || fstat(fd, &status) != 0)
		return -1;
	if (!S_ISREG(status.st_mode) || status.st_size < (off_t)sizeof(*record) || status.st_size > RECORD_MAX ||
	    pread(fd, record, sizeof(*record), 0) != (ssize_t)sizeof(*record) || record->magic != RECORD_MAGIC ||
	    record->version != RECORD_VERSION) {
		errno = EBADMSG;
		return -1;
	}
	if (read_body(fd, (size_t)status.st_size - sizeof(*record), kept) != 0) {
		int error = errno;

		kept_free(kept);
		errno = error;
		return -1;
	}
	return 0;
}

bool record_of_this_boot(const struct record *record)
{
	unsigned char boot[sizeof(record->boot)];

	boot_id(boot);
	return memcmp(boot, record->boot, sizeof(boot)) == 0;
}
