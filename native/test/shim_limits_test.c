/* SPDX-License-Identifier: Apache-2.0 */
/* No descriptors, no space: one clear error, nothing left behind, and it goes on when there are again. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

static struct shim_process shim;
static struct answer answer;

static void end_all(int engine, uint64_t last)
{
	unsigned int exited = 0;

	for (uint64_t tag = 1; tag <= last; tag++)
		engine_ask_u32(engine, MSG_SIGNAL, tag, SIGKILL);
	while (exited < last) {
		engine_receive(engine, &answer);
		exited += answer.header.type == MSG_EXITED;
	}
	engine_settle(engine);
	for (uint64_t tag = 1; tag <= last; tag++) {
		engine_ask(engine, MSG_CLEAN, tag, NULL, 0, NULL, 0);
		engine_expect(engine, MSG_CLEANED, tag, &answer);
	}
}

static void no_descriptors(void)
{
	const struct rlimit few = {.rlim_cur = 40, .rlim_max = 40};
	struct rlimit before;
	struct plan_builder plan;
	uint64_t started = 0;
	unsigned int descriptors;
	char log[300];
	struct stat status;
	int engine;

	need(getrlimit(RLIMIT_NOFILE, &before) == 0, "limit");
	root_make(shim.root);
	need(prlimit(0, RLIMIT_NOFILE, &(struct rlimit){.rlim_cur = few.rlim_cur, .rlim_max = before.rlim_max}, NULL) == 0,
	     "lower the limit");
	need(shim_start(&shim, "lasting", shim.root), "a shim");
	need(prlimit(shim.pid, RLIMIT_NOFILE, &few, NULL) == 0 && setrlimit(RLIMIT_NOFILE, &before) == 0, "limits");
	engine = engine_greet(&shim);
	shell_init(&plan, 0, "true"); /* opens what stays open */
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	descriptors = count_descriptors(shim.pid);
	for (;;) {
		shell_init(&plan, 0, "exec sleep 1000");
		engine_launch(engine, started + 1, &plan, NULL, 0);
		engine_receive(engine, &answer);
		if (answer.header.type != MSG_STARTED)
			break;
		need(++started < 100, "the limit is not felt");
	}
	answer.body[answer.length] = '\0';
	tap_ok(started > 10 && (answer.header.type == MSG_FAILED || answer.header.type == MSG_REFUSED),
	       "a launch without descriptors fails after %llu: %s", (unsigned long long)started,
	       (const char *)answer.body + (answer.header.type == MSG_FAILED ? sizeof(struct msg_failed) : 0));
	(void)close(engine);
	engine = engine_greet(&shim);
	tap_ok(true, "an engine gets in all the same");
	end_all(engine, started);
	engine_settle(engine);
	tap_number(count_descriptors(shim.pid), descriptors, "all descriptors are back");
	(void)snprintf(log, sizeof(log), "%s/shim.log", shim.root);
	tap_ok(stat(log, &status) == 0 && status.st_size < 2000, "the log is not flooded");
	(void)close(engine);
	shim_stop(&shim);
}

/* The root is on a filesystem that is full. */
static void no_space(void)
{
	struct plan_builder plan;
	char directory[256], ballast[400];
	static char blob[60000];
	int engine;

	root_make(shim.root);
	(void)snprintf(directory, sizeof(directory), "%s", shim.root);
	need(mkdir(directory, 0755) == 0 && mount("tmpfs", directory, "tmpfs", 0, "size=128k,mode=755") == 0, "a small filesystem");
	need(strlen(shim.root) + 3 < sizeof(shim.root), "room");
	(void)strcat(shim.root, "/r");
	need(shim_start(&shim, "lasting", shim.root), "a shim");
	engine = engine_greet(&shim);
	(void)snprintf(ballast, sizeof(ballast), "dd if=/dev/zero of=%s/ballast bs=1k count=200 2>/dev/null", directory);
	(void)!system(ballast);
	memset(blob, 'b', sizeof(blob));
	shell_init(&plan, 0, "true");
	builder_put(&plan, E_ID, "s", "full");
	builder_put(&plan, E_BLOB, "b", blob, sizeof(blob));
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	answer_check_failed(&answer, PHASE_SHIM, "could not write the record");
	(void)snprintf(ballast, sizeof(ballast), "%s/ballast", directory);
	need(unlink(ballast) == 0, "space");
	shell_init(&plan, PLAN_AUTO_CLEAN, "true");
	builder_put(&plan, E_ID, "s", "full");
	builder_put(&plan, E_BLOB, "b", blob, sizeof(blob));
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	(void)close(engine);
	need(kill(shim.pid, SIGTERM) == 0, "end");
	tap_ok(shim_wait(&shim) == 0, "the shim ends with status 0");
	need(umount(directory) == 0, "unmount");
	root_discard(directory);
}

/* Paths that would have the shim remove or kill what is nobody's container. */
static void dangerous_paths(void)
{
	static const struct {
		enum entry_type type;
		const char *path;
	} paths[] = {{E_REMOVE_TREE, "/"}, {E_REMOVE_TREE, "relative"}, {E_REMOVE_TREE, "/tmp/../etc"},
		     {E_REMOVE_CGROUP, "/sys/fs/cgroup/.."}, {E_UNMOUNT, ""}};
	struct plan_builder plan;
	int engine;

	shim_start_new(&shim, "lasting");
	engine = engine_greet(&shim);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		shell_init(&plan, 0, "true");
		builder_put(&plan, paths[i].type, "s", paths[i].path);
		engine_launch(engine, 1, &plan, NULL, 0);
		engine_expect(engine, MSG_FAILED, 1, &answer);
		answer_check_failed(&answer, PHASE_PLAN, "");
	}
	(void)close(engine);
	shim_stop(&shim);
}

int main(void)
{
	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0) {
		tap_skip("needs root and /bin/busybox", "limits");
		return tap_done();
	}
	no_descriptors();
	no_space();
	dangerous_paths();
	return tap_done();
}
