/* SPDX-License-Identifier: Apache-2.0 */
#include "follow.h"

#include <errno.h>
#include <fcntl.h>

#include "log.h"
#include "process.h"
#include "shim.h"

#define PAGE 4096u

static void tell(struct spool *spool)
{
	struct {
		uint32_t stream;
		uint32_t ended;
		uint64_t size;
	} grew = {.stream = spool->stream, .ended = spool->ended, .size = spool->size};

	if (engine_send_bytes(spool->process->shim, MSG_GREW, spool->process->tag, &grew, sizeof(grew)))
		spool->followed = false;
}

void follow_tell(struct spool *spool)
{
	if (spool->followed && (spool->size > spool->follow_from || spool->ended))
		tell(spool);
}

/* Gives the file's blocks back, whole pages of them; a filesystem that cannot do it keeps them until CLEAN. The space may
 * let a blocked process end, so that nothing may be used of `spool` afterwards. */
static void free_consumed(struct spool *spool, uint64_t offset)
{
	struct shim *shim = spool->process->shim;
	off_t from = (off_t)(spool->consumed & ~(uint64_t)(PAGE - 1));
	off_t to = (off_t)(offset & ~(uint64_t)(PAGE - 1));

	if (offset <= spool->consumed)
		return;
	spool->consumed = offset;
	if (to <= from)
		return;
	if (fallocate(spool->file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, from, to - from) == 0)
		spool_retry_now(&shim->spool_retry);
	else if (errno != EOPNOTSUPP && errno != ENOSYS)
		log_error(errno, "free what was read of the output of '%s'", process_name(spool->process));
}

void follow_request(const struct request *request)
{
	struct process *process = request->process;
	uint32_t stream = request_u32(request, 0);
	uint64_t offset = request_u64(request, 8);
	struct spool *spool = stream == 1 || stream == 2 ? process->spools[stream - 1] : NULL;

	if (spool == NULL) {
		engine_refuse(request->shim, request->tag, "there is no spool of stream %u", stream);
		return;
	}
	if (offset > spool->size) {
		engine_refuse(request->shim, request->tag, "the spool of stream %u has %llu bytes, %llu cannot be consumed",
			      stream, (unsigned long long)spool->size, (unsigned long long)offset);
		return;
	}
	spool->followed = true;
	spool->follow_from = offset;
	if (process->state == PROCESS_ENDED)
		tell(spool);
	else
		follow_tell(spool);
	free_consumed(spool, offset);
}

void follow_forget_all(struct shim *shim)
{
	for (struct process *process = shim->processes.oldest; process != NULL; process = process->next) {
		for (int i = 0; i < 2; i++) {
			if (process->spools[i] != NULL)
				process->spools[i]->followed = false;
		}
	}
}
