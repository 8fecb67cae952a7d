/* SPDX-License-Identifier: Apache-2.0 */
/* CLEAN and PLAN_CLEAN. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

static struct shim_process shim;
static int engine;
static struct answer answer;
static char tree[300], freezer[256];

static void fill_tree(unsigned int files)
{
	char path[340];

	need(mkdir(tree, 0700) == 0, "mkdir");
	for (unsigned int i = 0; i < files; i++) {
		(void)snprintf(path, sizeof(path), "%s/%u", tree, i);
		write_text(path, "content");
	}
}

/* Runs a container that leaves the tree to be removed. */
static void run(uint32_t flags)
{
	struct plan_builder plan;

	shell_init(&plan, flags, "true");
	builder_put(&plan, E_ID, "s", "cleaned");
	builder_put(&plan, E_UNMOUNT, "s", tree);
	builder_put(&plan, E_REMOVE_TREE, "s", tree);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
}

static void clean(void)
{
	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
}

static void small_tree(void)
{
	fill_tree(10);
	run(0);
	tap_ok(exists(tree), "files stay until CLEAN");
	clean();
	tap_ok(answer_u32(&answer, 0) == 0 && !exists(tree), "a small tree");
}

/* A large one is removed by a process of its own: the shim serves others meanwhile. */
static void large_tree(void)
{
	fill_tree(5000);
	run(0);
	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_REFUSED, 1, &answer);
	answer.body[answer.length] = '\0';
	tap_has((const char *)answer.body, "is being cleaned already", "the shim answers while a large tree is removed");
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	tap_ok(answer_u32(&answer, 0) == 0 && !exists(tree), "a large tree");
	tap_number(count_children(shim.pid), 0, "its helper is reaped");
}

static void auto_clean(void)
{
	fill_tree(10);
	run(PLAN_AUTO_CLEAN);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	tap_ok(answer_u32(&answer, 0) == 0 && !exists(tree), "PLAN_AUTO_CLEAN");
}

/* What cannot be removed is said, and CLEAN can be tried again. */
static void fails(unsigned int files)
{
	char mounted[340];

	fill_tree(files);
	(void)snprintf(mounted, sizeof(mounted), "%s/mounted", tree);
	need(mkdir(mounted, 0700) == 0 && mount("tmpfs", mounted, "tmpfs", 0, "size=64k") == 0, "a mount that is not expected");
	run(0);
	clean();
	answer.body[answer.length] = '\0';
	tap_ok(answer_u32(&answer, 0) != 0, "a tree with a mount in it");
	tap_has((const char *)answer.body + 8, mounted, "the error names it");
	need(umount(mounted) == 0, "unmount");
	clean();
	tap_ok(answer_u32(&answer, 0) == 0 && !exists(tree), "when it is away another CLEAN does it");
}

/* A failed launch cleans before it says so. */
static void failed_launch(void)
{
	struct plan_builder plan;

	fill_tree(5000);
	builder_start(&plan, PLAN_INIT, 0);
	builder_put(&plan, E_ARGV, "S", (const char *const[]){"/no/such/program", NULL});
	builder_put(&plan, E_ENV, "S", (const char *const[]){NULL});
	builder_put(&plan, E_REMOVE_TREE, "s", tree);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	tap_ok(!exists(tree), "when FAILED comes everything is cleaned");
}

static void plan_clean(void)
{
	struct plan_builder plan;
	char path[300];
	char pid_text[16];
	pid_t left;

	fill_tree(10);
	need(mount("tmpfs", tree, "tmpfs", 0, "size=64k") == 0, "a mount");
	need(mkdir(freezer, 0700) == 0, "a cgroup");
	left = fork();
	need(left >= 0, "fork");
	if (left == 0) {
		(void)pause();
		_exit(0);
	}
	(void)snprintf(path, sizeof(path), "%s/cgroup.procs", freezer);
	(void)snprintf(pid_text, sizeof(pid_text), "%d", (int)left);
	write_text(path, pid_text);
	builder_start(&plan, PLAN_CLEAN, 0);
	builder_put(&plan, E_ID, "s", "remains");
	builder_put(&plan, E_REMOVE_CGROUP, "s", freezer);
	builder_put(&plan, E_UNMOUNT, "s", tree);
	builder_put(&plan, E_REMOVE_TREE, "s", tree);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	tap_ok(answer_u32(&answer, 0) == 0 && !exists(freezer) && !exists(tree), "PLAN_CLEAN removes what it names");
	tap_ok(waitpid(left, NULL, 0) == left, "and kills who was in the cgroup");
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_LIST_END, 0, &answer);
	tap_ok(true, "it is not held afterwards");
}

int main(void)
{
	char before[4096];
	char after[4096];

	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0 || cgroup_name("freezer", "f", freezer) == NULL) {
		tap_skip("needs root, /bin/busybox and the v1 freezer", "cleaning");
		return tap_done();
	}
	shim_start_new(&shim, "lasting");
	(void)snprintf(tree, sizeof(tree), "%s-tree", shim.root);
	engine = engine_greet(&shim);
	failed_launch();
	small_tree();
	engine_settle(engine);
	list_descriptors(shim.pid, before, sizeof(before));
	large_tree();
	auto_clean();
	fails(10);
	fails(1000);
	failed_launch();
	plan_clean();
	engine_settle(engine);
	list_descriptors(shim.pid, after, sizeof(after));
	tap_is(after, before, "descriptors of the shim as before");
	(void)close(engine);
	shim_stop(&shim);
	return tap_done();
}
