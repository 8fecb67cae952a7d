/* SPDX-License-Identifier: Apache-2.0 */
#include "recover.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "descriptor.h"
#include "log.h"
#include "proc_stat.h"
#include "process.h"
#include "record.h"
#include "spool.h"
#include "syscalls.h"

static void lost(struct process *process)
{
	struct msg_exited exited = {.wait_status = WAIT_STATUS_LOST, .started_ns = process->started_ns,
				    .finished_ns = clock_wall_ns()};

	ending_exited(process, &exited);
}

static void pidfd_ready(struct watch *watch, uint32_t events)
{
	struct process *process = OWNER(watch, struct process, pidfd);
	int pidfd = loop_forget(&process->shim->loop, watch);

	(void)events;
	descriptor_close(&pidfd);
	lost(process);
}

/* The kernel kills the children of a shim that died, but for those that a set-user-id program has freed of it (prctl(2),
 * PR_SET_PDEATHSIG). True: it still was there, and its end is awaited. */
static bool kill_init(struct process *process, const struct record *record)
{
	AUTO_CLOSE int pidfd = record->pid != 0 && record_of_this_boot(record) ? sys_pidfd_open((pid_t)record->pid) : -1;

	/* The start time tells whether that pid is the same process still; the pidfd keeps it so from here on. */
	if (pidfd < 0 || proc_start_time((pid_t)record->pid) != record->start_time)
		return false;
	if (loop_watch(&process->shim->loop, &process->pidfd, pidfd, EPOLLIN, pidfd_ready) != 0) {
		log_error(errno, "await the end of process %u", record->pid);
		return false;
	}
	(void)descriptor_take(&pidfd);
	process_kill(process);
	return true;
}

static void reopen_spools(struct process *process)
{
	struct kept_entry spool;
	size_t position = 0;

	for (uint32_t stream = 1; stream <= 2 && kept_next(&process->kept, KEPT_SPOOL, &position, &spool); stream++) {
		if (spool.length > 0 && spool_reopen(process, stream, spool.text) != 0)
			log_error(errno, "open the spool '%s' of a former shim", spool.text);
	}
}

static bool always(uint32_t number, const void *context)
{
	(void)number;
	(void)context;
	return true;
}

/* What is on disk only leaves the memory again. True: *exited is how the process had ended. */
static bool take_exited(struct process *process, struct msg_exited *exited)
{
	struct kept_entry entry;
	size_t position = 0;
	bool known = kept_next(&process->kept, KEPT_EXITED, &position, &entry) && entry.length == sizeof(*exited);

	if (known)
		memcpy(exited, entry.text, sizeof(*exited));
	kept_drop(&process->kept, KEPT_EXITED, always, NULL);
	kept_drop(&process->kept, KEPT_BLOB, always, NULL);
	return known;
}

/* Takes over *kept. 0, or -1 with errno. */
static int hold(struct shim *shim, const struct record *record, struct kept *kept)
{
	struct process *process = process_new(shim, record->tag);
	struct msg_exited exited;

	if (process == NULL)
		return -1;
	process->kept = *kept;
	*kept = (struct kept){0};
	process->kind = record->kind;
	process->flags = record->flags;
	process->target = record->target;
	process->pid = (pid_t)record->pid;
	process->start_time = record->start_time;
	process->started_ns = record->started_ns;
	process->recorded = true;
	process->lost = true;
	process->started = true;
	process->state = PROCESS_RUNNING;
	reopen_spools(process);
	process->noted = take_exited(process, &exited);
	if (process->noted)
		ending_exited(process, &exited);
	else if (!kill_init(process, record))
		lost(process);
	return 0;
}

static void take_record(struct shim *shim, const char *name)
{
	struct record record;
	struct kept kept;
	char expected[RECORD_NAME_MAX];

	if (record_read(shim, name, &record, &kept) != 0) {
		/* A record is written before anything is made: a torn one tells of nothing. */
		log_error(errno, "read the record '%s/%s/%s' of a former shim, it is removed", shim->root.path, ROOT_RECORDS,
			  name);
		if (unlinkat(shim->root.records, name, 0) != 0)
			log_error(errno, "remove it");
		return;
	}
	record_name(record.tag, expected);
	if (strcmp(name, expected) != 0)
		log_note("the record '%s' has the tag of another one, it is left alone", name);
	else if (hold(shim, &record, &kept) != 0)
		log_error(errno, "take over the record '%s' of a former shim", name);
	kept_free(&kept);
}

int recover(struct shim *shim)
{
	AUTO_CLOSE int fd = openat(shim->root.records, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *records = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;

	if (records == NULL)
		return -1;
	(void)descriptor_take(&fd);
	while (errno = 0, (entry = readdir(records)) != NULL) {
		if (entry->d_name[0] != '.')
			take_record(shim, entry->d_name);
	}
	if (errno != 0) {
		int error = errno;

		(void)closedir(records);
		errno = error;
		return -1;
	}
	(void)closedir(records);
	return 0;
}
