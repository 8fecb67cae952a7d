/* SPDX-License-Identifier: Apache-2.0 */
#include "take.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "descriptor.h"
#include "log.h"
#include "process.h"
#include "shim.h"
#include "spool.h"

/* A spool opened anew: the engine gets a reading position of its own, and no right to write. -1: there is none. */
static int reopen(const struct process *process, const struct spool *spool)
{
	char path[32];
	int fd;

	if (spool == NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", spool->file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		log_error(errno, "open the spool of '%s'", process_name(process));
	return fd;
}

void take_request(const struct request *request)
{
	const struct process *process = request->process;
	AUTO_CLOSE int out = reopen(process, process->spools[0]);
	AUTO_CLOSE int err = reopen(process, process->spools[1]);
	const int kept[4] = {process->stdin_kept, out, err, process->master};
	int fds[4];
	uint32_t mask = 0;
	struct body body = {.parts = {{.iov_base = &mask, .iov_len = sizeof(mask)}}, .part_count = 1, .fds = fds};

	for (unsigned int i = 0; i < 4; i++) {
		if (kept[i] < 0)
			continue;
		mask |= 1u << i;
		fds[body.fd_count++] = kept[i];
	}
	(void)engine_send(request->shim, MSG_TAKEN, request->tag, &body);
}

void take_close_stdin(const struct request *request)
{
	descriptor_close(&request->process->stdin_kept);
}
