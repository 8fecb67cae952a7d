/* SPDX-License-Identifier: Apache-2.0 */
/* E_STDIO: which descriptors the process gets as its standard streams. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "preparation.h"
#include "shim.h"
#include "spool.h"

static int keep_stdin(struct preparation *preparation)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return failure_set(preparation->failure, PHASE_STDIO, errno, "could not make the pipe of standard input");
	preparation->stdio[0] = preparation->made[0] = ends[0];
	preparation->process->stdin_kept = ends[1];
	return 0;
}

static int spool_output(struct preparation *preparation, uint32_t stream, const char *path)
{
	struct process *process = preparation->process;

	if (spool_create(process, stream, path) != 0)
		return failure_set(preparation->failure, PHASE_STDIO, errno, "could not make the spool '%s'", path);
	if ((process->flags & PLAN_TTY) != 0)
		return 0; /* its source is the pty's master, when the child has made it */
	if (spool_open_pipe(process->spools[stream - 1], &preparation->made[stream]) != 0)
		return failure_set(preparation->failure, PHASE_STDIO, errno, "could not make the pipe of stream %u", stream);
	preparation->stdio[stream] = preparation->made[stream];
	return 0;
}

static int prepare_stream(struct preparation *preparation, struct plan_fields *fields)
{
	uint32_t stream = field_u32(fields);
	enum stdio_kind kind = (enum stdio_kind)field_u32(fields);
	uint32_t fd = field_u32(fields);
	const char *path = field_string(fields);

	if (preparation->process->shim->mode == MODE_ONE_SHOT && (kind == STDIO_SPOOL || kind == STDIO_KEPT))
		return failure_set(preparation->failure, PHASE_STDIO, 0,
				   "a one-shot shim does not stay to spool or keep stream %u", stream);
	switch (kind) {
	case STDIO_NULL:
		break;
	case STDIO_FD:
		preparation->stdio[stream] = preparation->fds[fd];
		break;
	case STDIO_SPOOL:
		return spool_output(preparation, stream, path);
	case STDIO_KEPT:
		return keep_stdin(preparation);
	case STDIO_SAME:
		preparation->stdio[stream] = preparation->stdio[1];
		break;
	}
	return 0;
}

/* Standard output comes first, so that stderr can be the same. */
int prepare_stdio(struct preparation *preparation)
{
	for (int i = 0; i < 3; i++)
		preparation->stdio[i] = preparation->process->shim->null;
	for (uint32_t wanted = 0; wanted < 3; wanted++) {
		struct plan_cursor cursor = plan_cursor(&preparation->plan, E_STDIO, E_STDIO);
		struct plan_fields fields;

		while (plan_next(&cursor, &fields)) {
			struct plan_fields ahead = fields;

			if (field_u32(&ahead) == wanted && prepare_stream(preparation, &fields) != 0)
				return -1;
		}
	}
	for (int i = 0; i < 3 && (preparation->plan.flags & PLAN_TTY) != 0; i++)
		preparation->stdio[i] = -1;
	return 0;
}
