/* SPDX-License-Identifier: Apache-2.0 */
#include "spool_pump.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "follow.h"
#include "log.h"
#include "process.h"
#include "shim.h"

#define MOVE_AT_ONCE ((size_t)1 << 20)
/* Moves in a row before the loop looks at others. */
#define MOVES_IN_A_ROW 16

static enum pump_result ended(struct spool *spool)
{
	spool->ended = true;
	spool_close_source(spool);
	return PUMP_ENDED;
}

static enum pump_result blocked(struct spool *spool, int error)
{
	struct shim *shim = spool->process->shim;

	if (!spool->told_full)
		log_error(error, "write the output of '%s'; its writer waits until there is space",
			  process_name(spool->process));
	spool->told_full = true;
	/* Out of the loop, since a hang-up would be reported again and again. */
	(void)loop_forget(&shim->loop, &spool->watch);
	spool_retry_remove(&shim->spool_retry, &shim->loop, spool);
	spool_retry_add(&shim->spool_retry, &shim->loop, spool);
	return PUMP_BLOCKED;
}

/* What cannot be written stays in the pipe. */
static enum pump_result move_from_pipe(struct spool *spool)
{
	loff_t offset = (loff_t)spool->size;
	ssize_t moved = splice(spool->source, NULL, spool->file, &offset, MOVE_AT_ONCE, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);

	if (moved > 0) {
		spool->size += (uint64_t)moved;
		return PUMP_MORE;
	}
	if (moved == 0)
		return ended(spool);
	if (errno == EAGAIN || errno == EINTR)
		return PUMP_EMPTY;
	return blocked(spool, errno);
}

static enum pump_result write_read_ahead(struct spool *spool)
{
	ssize_t written = pwrite(spool->file, spool->read_ahead, spool->read_ahead_length, (off_t)spool->size);

	if (written < 0)
		return blocked(spool, errno);
	spool->size += (uint64_t)written;
	spool->read_ahead_length -= (size_t)written;
	memmove(spool->read_ahead, spool->read_ahead + written, spool->read_ahead_length);
	return PUMP_MORE;
}

static enum pump_result move_from_terminal(struct spool *spool)
{
	ssize_t length;

	if (spool->read_ahead_length > 0)
		return write_read_ahead(spool);
	length = read(spool->source, spool->read_ahead, SPOOL_READ_AHEAD);
	/* EIO: nobody has the terminal open at present; that may change as long as the container lives, so the stream ends
	 * with the process only (the watch is edge-triggered and does not spin). */
	if (length < 0 && (errno == EAGAIN || errno == EINTR || errno == EIO))
		return PUMP_EMPTY;
	if (length <= 0)
		return ended(spool);
	spool->read_ahead_length = (size_t)length;
	return write_read_ahead(spool);
}

enum pump_result spool_pump(struct spool *spool)
{
	enum pump_result result = spool->terminal ? move_from_terminal(spool) : move_from_pipe(spool);

	follow_tell(spool);
	return result;
}

static uint32_t events_of(const struct spool *spool)
{
	/* A terminal that nobody has open hangs up all the time, and may be opened again. */
	return spool->terminal ? EPOLLIN | EPOLLET : EPOLLIN;
}

static void source_ready(struct watch *watch, uint32_t events)
{
	struct spool *spool = OWNER(watch, struct spool, watch);
	enum pump_result result = PUMP_MORE;

	(void)events;
	for (int i = 0; result == PUMP_MORE && i < MOVES_IN_A_ROW; i++)
		result = spool_pump(spool);
	/* An edge-triggered one that was not read empty has to be asked for again. */
	if (result == PUMP_MORE && spool->terminal)
		loop_change(&spool->process->shim->loop, &spool->watch, events_of(spool));
}

int spool_watch(struct spool *spool)
{
	return loop_watch(&spool->process->shim->loop, &spool->watch, spool->source, events_of(spool), source_ready);
}

void spool_resume(struct spool *spool)
{
	struct process *process = spool->process;
	struct shim *shim = process->shim;

	if (spool_pump(spool) == PUMP_BLOCKED)
		return;
	spool->told_full = false;
	spool_retry_remove(&shim->spool_retry, &shim->loop, spool);
	if (spool->source >= 0 && spool_watch(spool) != 0)
		log_error(errno, "read on the output of '%s'", process_name(process));
	if (process->state == PROCESS_ENDING)
		ending_go_on(process);
}
