/* SPDX-License-Identifier: Apache-2.0 */
#include "launch.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "descriptor.h"
#include "launch_channel.h"
#include "pins.h"
#include "preparation.h"
#include "progress.h"
#include "shim.h"
#include "strays.h"

static int prepare(struct preparation *preparation)
{
	return prepare_plan(preparation) != 0 || prepare_pins(preparation) != 0 || prepare_notes(preparation) != 0 ? -1 : 0;
}

static int make_process(struct preparation *preparation)
{
	if (prepare_stdio(preparation) != 0 || prepare_namespaces(preparation) != 0 || prepare_cgroups(preparation) != 0 ||
	    prepare_network(preparation) != 0 || prepare_channel(preparation) != 0)
		return -1;
	if (strays_possible(&preparation->plan))
		strays_expect(preparation->process->shim);
	if (launch_clone(preparation) != 0)
		return -1;
	finish_cgroups(preparation);
	return 0;
}

void preparation_release(struct preparation *preparation)
{
	for (int i = 0; i < 3; i++)
		descriptor_close(&preparation->made[i]);
	descriptor_close(&preparation->cgroup);
	descriptor_close(&preparation->host_network);
	descriptor_close(&preparation->channel);
	if (preparation->mapped != NULL)
		(void)munmap(preparation->mapped, preparation->mapped_length);
}

static struct launch *new_launch(void)
{
	struct launch *launch = calloc(1, sizeof(*launch));

	if (launch == NULL)
		return NULL;
	launch->channel = WATCH_NONE;
	launch->record = -1;
	launch->master = -1;
	launch->progress = progress_take();
	if (launch->progress == NULL) {
		free(launch);
		return NULL;
	}
	return launch;
}

static void carry_out(struct process *process, const struct incoming *incoming)
{
	static struct failure failure;
	struct preparation preparation = {.process = process, .failure = &failure, .fds = incoming->fds,
					  .fd_count = incoming->fd_count, .made = {-1, -1, -1}, .target_pidfd = -1,
					  .pid_namespace = -1, .cgroup = -1, .host_network = -1, .channel = -1};
	int result = prepare(&preparation);
	bool only_clean = result == 0 && process->kind == PLAN_CLEAN;

	if (result == 0 && !only_clean)
		result = make_process(&preparation);
	preparation_release(&preparation);
	if (result != 0) {
		fact_set_failed(&process->fact, &failure, NULL);
		ending_failed(process);
	} else if (only_clean) {
		launch_release(process);
		ending_of_nothing(process);
	}
}

void launch_request(const struct request *request)
{
	struct shim *shim = request->shim;
	struct process *process;

	if (request->tag == 0) {
		connection_refuse(shim->connections.engine, "LAUNCH with tag 0: that names no process");
		return;
	}
	if (shim->ending) {
		engine_refuse(shim, request->tag, "this shim is ending");
		return;
	}
	process = process_new(shim, request->tag);
	if (process == NULL) {
		engine_refuse(shim, request->tag, errno == EEXIST ? "the tag is in use" : "out of memory");
		return;
	}
	process->launch = new_launch();
	if (process->launch == NULL) {
		process_forget(process);
		engine_refuse(shim, request->tag, "out of memory");
		return;
	}
	carry_out(process, request->incoming);
}

void launch_out_of_descriptors(const struct request *request)
{
	engine_refuse(request->shim, request->tag, "the shim is out of descriptors (RLIMIT_NOFILE is %llu)",
		      (unsigned long long)request->shim->descriptors.rlim_max);
}

static bool not_ours(uint32_t number, const void *context)
{
	const struct launch *launch = context;

	return launch->made_by == NULL || launch->made_by[number] > launch->progress->cgroups_made;
}

void launch_keep_own_cgroups(struct process *process)
{
	kept_drop(&process->kept, KEPT_CGROUP, not_ours, process->launch);
}

void launch_release(struct process *process)
{
	struct launch *launch = process->launch;
	int channel;

	if (launch == NULL)
		return;
	channel = loop_forget(&process->shim->loop, &launch->channel);
	descriptor_close(&channel);
	descriptor_close(&launch->record);
	descriptor_close(&launch->master);
	progress_give_back(launch->progress);
	free(launch->made_by);
	free(launch);
	process->launch = NULL;
}
