/* SPDX-License-Identifier: Apache-2.0 */
#include "cleaning.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "cgroup_remove.h"
#include "cleaning_helper.h"
#include "descriptor.h"
#include "log.h"
#include "process.h"
#include "record.h"
#include "requests.h"
#include "shim.h"
#include "spool.h"
#include "strays.h"

static void note(struct process *process, int error, const char *doing, const char *path)
{
	if (process->cleaning.error != 0)
		return;
	process->cleaning.error = error;
	(void)snprintf(process->cleaning.text, sizeof(process->cleaning.text), "could not %s '%s'", doing, path);
}

static void retry_cgroups(struct process *process)
{
	process->cleaning.error = 0;
	process->cleaning.error =
		cgroup_remove(&process->kept, process->cleaning.text, sizeof(process->cleaning.text));
}

static void unmount_all(struct process *process)
{
	struct kept_entry mount;
	size_t position = 0;

	while (kept_next(&process->kept, KEPT_UNMOUNT, &position, &mount)) {
		/* EINVAL: it is no mount point (any more) */
		if (umount2(mount.text, MNT_DETACH | UMOUNT_NOFOLLOW) != 0 && errno != EINVAL && errno != ENOENT)
			note(process, errno, "unmount", mount.text);
	}
}

/* Only what is open here: a file that was there before and made the launch fail is somebody else's. */
static void remove_spools(struct process *process)
{
	struct kept_entry path;
	size_t position = 0;

	for (int i = 0; i < 2 && kept_next(&process->kept, KEPT_SPOOL, &position, &path); i++) {
		if (process->spools[i] == NULL)
			continue;
		spool_free(process->spools[i]);
		process->spools[i] = NULL;
		if (unlink(path.text) != 0 && errno != ENOENT)
			note(process, errno, "remove", path.text);
	}
}

/* FAILED comes when all has been cleaned. With nobody there to be told it is kept for the next LIST. */
static void tell_failed(struct process *process)
{
	struct shim *shim = process->shim;
	struct body body = fact_body(&process->fact);

	if (process->cleaning.error != 0)
		log_error(process->cleaning.error, "clean after the failed launch of '%s': %s", process_name(process),
			  process->cleaning.text);
	process->state = PROCESS_ENDED;
	if (engine_send(shim, MSG_FAILED, process->tag, &body) || shim->ending || shim->mode != MODE_LASTING)
		process_forget(process);
	if (shim->mode == MODE_ONE_SHOT)
		shim_end(shim);
}

static void tell_cleaned(struct process *process)
{
	struct shim *shim = process->shim;
	uint32_t head[2] = {(uint32_t)process->cleaning.error, 0};
	struct body body = {.part_count = 2};
	bool keep = process->cleaning.error != 0 && !shim->ending && process->kind != PLAN_CLEAN;

	body.parts[0] = (struct iovec){.iov_base = head, .iov_len = sizeof(head)};
	body.parts[1] = (struct iovec){.iov_base = process->cleaning.text,
				       .iov_len = head[0] != 0 ? strlen(process->cleaning.text) : 0};
	strays_take(shim);
	if (!engine_send(shim, MSG_CLEANED, process->tag, &body) && process->cleaning.error != 0)
		log_error(process->cleaning.error, "clean '%s': %s", process_name(process), process->cleaning.text);
	process->state = PROCESS_ENDED;
	if (!keep)
		process_forget(process);
}

static void finish(struct process *process)
{
	struct shim *shim = process->shim;
	int error = process->cleaning.error == 0 ? record_remove(process) : 0;

	if (error != 0)
		note(process, error, "remove the record of", process_name(process));
	if (process->fact.type == MSG_FAILED)
		tell_failed(process);
	else
		tell_cleaned(process);
	shim_end_if_done(shim);
}

static void helper_done(struct process *process, int error, const char *what)
{
	if (error != 0)
		note(process, error, "remove", what);
	finish(process);
}

void cleaning_start(struct process *process)
{
	char what[sizeof(process->cleaning.text)];
	int error;

	process->state = PROCESS_CLEANING;
	if (process->cleaning.error != 0)
		retry_cgroups(process);
	unmount_all(process);
	remove_spools(process);
	error = cleaning_rest(process, helper_done, what, sizeof(what));
	if (error != EINPROGRESS)
		helper_done(process, error, what);
}

void cleaning_request(const struct request *request)
{
	struct process *process = request->process;

	if (process->state == PROCESS_ENDED)
		cleaning_start(process);
	else if (process->state == PROCESS_CLEANING)
		engine_refuse(request->shim, request->tag, "'%s' is being cleaned already", process_name(process));
	else
		engine_refuse(request->shim, request->tag, "'%s' has not ended: it cannot be cleaned", process_name(process));
}

void cleaning_release(struct process *process)
{
	int pidfd = loop_forget(&process->shim->loop, &process->cleaning.helper);

	descriptor_close(&pidfd);
	descriptor_close(&process->cleaning.report);
}
