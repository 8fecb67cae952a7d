/* SPDX-License-Identifier: Apache-2.0 */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "descriptor.h"
#include "follow.h"
#include "process.h"
#include "shim.h"
#include "spool_pump.h"

static struct spool *new_spool(struct process *process, uint32_t stream, int file)
{
	struct spool *spool = calloc(1, sizeof(*spool));

	if (spool == NULL)
		return NULL;
	spool->process = process;
	spool->stream = stream;
	spool->file = file;
	spool->source = -1;
	spool->watch = WATCH_NONE;
	process->spools[stream - 1] = spool;
	return spool;
}

int spool_create(struct process *process, uint32_t stream, const char *path)
{
	/* Not O_APPEND, which splice(2) refuses. */
	AUTO_CLOSE int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (file < 0 || new_spool(process, stream, file) == NULL)
		return -1;
	(void)descriptor_take(&file);
	return 0;
}

int spool_reopen(struct process *process, uint32_t stream, const char *path)
{
	AUTO_CLOSE int file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	struct stat status;
	struct spool *spool;
	off_t data;

	if (file < 0 || fstat(file, &status) != 0)
		return -1;
	spool = new_spool(process, stream, file);
	if (spool == NULL)
		return -1;
	/* What was consumed is a hole, up to a page; ENXIO: all of it is. */
	data = lseek(file, 0, SEEK_DATA);
	spool->size = (uint64_t)status.st_size;
	spool->consumed = data >= 0 ? (uint64_t)data : errno == ENXIO ? spool->size : 0;
	spool->ended = true;
	(void)descriptor_take(&file);
	return 0;
}

int spool_open_pipe(struct spool *spool, int *write_end)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	spool->source = ends[0];
	if (spool_watch(spool) != 0) {
		descriptor_close(&spool->source);
		descriptor_close(&ends[1]);
		return -1;
	}
	*write_end = ends[1];
	return 0;
}

int spool_attach_terminal(struct spool *spool, int master)
{
	AUTO_CLOSE int copy = fcntl(master, F_DUPFD_CLOEXEC, 3);
	int flags = fcntl(master, F_GETFL);

	if (copy < 0 || flags < 0 || fcntl(copy, F_SETFL, flags | O_NONBLOCK) != 0)
		return -1;
	spool->read_ahead = malloc(SPOOL_READ_AHEAD);
	if (spool->read_ahead == NULL)
		return -1;
	spool->terminal = true;
	spool->source = descriptor_take(&copy);
	return spool_watch(spool);
}

/* Only what is there now: somebody whom the process left behind may go on writing. */
static enum pump_result pump_present(struct spool *spool)
{
	int present = 0;
	uint64_t until;
	enum pump_result result = PUMP_MORE;

	if (spool->terminal) {
		/* As much as the line discipline and the tty buffers of both directions hold, amply. */
		present = 1 << 20;
	} else if (ioctl(spool->source, FIONREAD, &present) != 0) {
		return PUMP_EMPTY;
	}
	until = spool->size + (uint64_t)present;
	/* Once more when all that is taken, to see whether that was the end. */
	while (result == PUMP_MORE && spool->size <= until)
		result = spool_pump(spool);
	return result;
}

static bool drained(struct spool *spool)
{
	if (spool == NULL || spool->source < 0)
		return true;
	if (spool->blocked || pump_present(spool) == PUMP_BLOCKED)
		return false;
	if (spool->terminal) {
		/* Nobody closes a terminal for good but its last owner: here it ends with the process that it was made for. */
		spool->ended = true;
		spool_close_source(spool);
		follow_tell(spool);
	}
	return true;
}

bool spools_drained(struct process *process)
{
	bool first = drained(process->spools[0]);

	return drained(process->spools[1]) && first;
}

void spool_close_source(struct spool *spool)
{
	if (spool->source < 0)
		return;
	(void)loop_forget(&spool->process->shim->loop, &spool->watch);
	spool_retry_remove(&spool->process->shim->spool_retry, &spool->process->shim->loop, spool);
	descriptor_close(&spool->source);
}

void spool_free(struct spool *spool)
{
	if (spool == NULL)
		return;
	spool_close_source(spool);
	descriptor_close(&spool->file);
	free(spool->read_ahead);
	free(spool);
}

void spool_position(const struct spool *spool, uint64_t *size, uint64_t *consumed)
{
	*size = spool != NULL ? spool->size : 0;
	*consumed = spool != NULL ? spool->consumed : 0;
}
