/* SPDX-License-Identifier: Apache-2.0 */
#include "shim.h"

#include "process.h"
#include "socket.h"

static void end_process(struct process *process)
{
	switch (process->state) {
	case PROCESS_LAUNCHING:
	case PROCESS_READY:
	case PROCESS_RUNNING:
		process_kill(process);
		break;
	case PROCESS_ENDING:
		ending_go_on(process); /* output that cannot be written is given up */
		break;
	case PROCESS_ENDED:
		cleaning_start(process);
		break;
	case PROCESS_CLEANING:
		break;
	}
}

void shim_end(struct shim *shim)
{
	struct process *next;

	if (shim->ending)
		return;
	shim->ending = true;
	socket_close(shim);
	for (struct process *process = shim->processes.oldest; process != NULL; process = next) {
		next = process->next;
		end_process(process);
	}
	shim_end_if_done(shim);
}

void shim_end_if_done(struct shim *shim)
{
	if (shim->ending && shim->processes.count == 0)
		loop_stop(&shim->loop);
}
