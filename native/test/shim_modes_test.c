/* SPDX-License-Identifier: Apache-2.0 */
/* Tied, lasting, one-shot: what becomes of containers when the engine goes. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

static struct shim_process shim;
static struct answer answer;
static char freezer[256];

static pid_t launch(int engine, uint64_t tag, struct plan_builder *plan)
{
	engine_launch(engine, tag, plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, tag, &answer);
	return (pid_t)answer_u32(&answer, 0);
}

/* A container, an exec in it, one that waits for CONTINUE and one that is held. */
static void launch_some(int engine, pid_t pids[static 4])
{
	struct plan_builder plan;

	shell_init(&plan, 0, "trap '' TERM HUP; while :; do sleep 1000; done");
	shell_cgroup(&plan, freezer);
	builder_put(&plan, E_ID, "s", "one");
	builder_put(&plan, E_BLOB, "b", "engine's record", (size_t)15);
	pids[0] = launch(engine, 1, &plan);
	shell_exec(&plan, 1, "exec sleep 1000");
	pids[1] = launch(engine, 2, &plan);
	shell_init(&plan, PLAN_AWAIT_CONTINUE, "true");
	engine_launch(engine, 3, &plan, NULL, 0);
	engine_expect(engine, MSG_CREATED, 3, &answer);
	pids[2] = (pid_t)answer_u32(&answer, 0);
	shell_init(&plan, PLAN_HOLD, "true");
	engine_launch(engine, 4, &plan, NULL, 0);
	engine_expect(engine, MSG_READY, 4, &answer);
	pids[3] = (pid_t)answer_u32(&answer, 0);
}

static void all_gone(const pid_t pids[static 4])
{
	for (int i = 0; i < 4; i++)
		tap_ok(!is_alive(pids[i]), "process %d is gone", i + 1);
	tap_ok(!exists(freezer), "its cgroup is gone");
}

static void tied_by_hang_up(void)
{
	pid_t pids[4];
	int engine;

	shim_start_new(&shim, "tied");
	engine = engine_greet(&shim);
	launch_some(engine, pids);
	need(shutdown(engine, SHUT_WR) == 0, "no more requests");
	do
		engine_receive(engine, &answer);
	while (!answer.end);
	all_gone(pids);
	(void)close(engine);
	tap_ok(shim_wait(&shim) == 0, "the shim has ended");
	tap_ok(!exists(shim.root), "its root is gone");
	root_discard(shim.root);
}

/* The engine is a process of its own, which is killed. */
static void tied_by_kill(void)
{
	pid_t pids[4];
	int report[2];
	pid_t engine_process;

	shim_start_new(&shim, "tied");
	need(pipe2(report, O_CLOEXEC) == 0, "pipe");
	engine_process = fork();
	need(engine_process >= 0, "fork");
	if (engine_process == 0) {
		launch_some(engine_greet(&shim), pids);
		need(write(report[1], pids, sizeof(pids)) == (ssize_t)sizeof(pids), "report");
		(void)pause();
		_exit(0);
	}
	need(read(report[0], pids, sizeof(pids)) == (ssize_t)sizeof(pids), "report");
	need(kill(engine_process, SIGKILL) == 0 && waitpid(engine_process, NULL, 0) == engine_process, "kill the engine");
	tap_ok(shim_wait(&shim) == 0, "the shim ends with its engine");
	all_gone(pids);
	tap_ok(!exists(shim.root), "its root is gone");
	root_discard(shim.root);
	(void)close(report[0]);
	(void)close(report[1]);
}

/* Nobody ever connects, and who started it ends. */
static void tied_to_its_starter(void)
{
	char root[256];
	pid_t starter, shim_pid;
	int report[2];

	root_make(root);
	need(pipe(report) == 0 && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "pipe");
	starter = fork();
	need(starter >= 0, "fork");
	if (starter == 0) {
		need(shim_start(&shim, "tied", root), "start");
		need(write(report[1], &shim.pid, sizeof(shim.pid)) == (ssize_t)sizeof(shim.pid), "report");
		_exit(0);
	}
	need(read(report[0], &shim_pid, sizeof(shim_pid)) == (ssize_t)sizeof(shim_pid), "report");
	need(waitpid(starter, NULL, 0) == starter && waitpid(shim_pid, NULL, 0) == shim_pid, "both end");
	tap_ok(!exists(root), "a tied shim ends with its starter when no engine came");
	root_discard(root);
	(void)close(report[0]);
	(void)close(report[1]);
}

static struct msg_held expect_held(int engine, uint64_t tag, enum held_state state)
{
	struct msg_held held;

	engine_expect(engine, MSG_HELD, tag, &answer);
	need(answer.length >= sizeof(held), "HELD");
	memcpy(&held, answer.body, sizeof(held));
	tap_number(held.state, state, "state of a held process");
	return held;
}

static void lasting(void)
{
	struct plan_builder plan;
	struct msg_held held;
	pid_t pids[4];
	int engine;

	shim_start_new(&shim, "lasting");
	engine = engine_greet(&shim);
	launch_some(engine, pids);
	shell_init(&plan, 0, "sleep 0.1; exit 5");
	(void)launch(engine, 5, &plan);
	shell_init(&plan, PLAN_AWAIT_CONTINUE, "true");
	engine_launch(engine, 6, &plan, NULL, 0);
	engine_expect(engine, MSG_CREATED, 6, &answer);
	(void)close(engine);
	need(kill((pid_t)answer_u32(&answer, 0), SIGKILL) == 0, "kill one while no engine is there");
	await_death((pid_t)answer_u32(&answer, 0));

	engine = engine_greet(&shim);
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	held = expect_held(engine, 1, HELD_RUNNING);
	tap_ok(held.pid == (uint32_t)pids[0] && held.id_length == 3 && held.blob_length == 15 && held.kind == PLAN_INIT &&
		       memcmp(answer.body + sizeof(held), "oneengine's record", 18) == 0,
	       "id and the engine's record come back");
	held = expect_held(engine, 2, HELD_RUNNING);
	tap_ok(held.kind == PLAN_EXEC && held.target == 1, "the exec with its target");
	(void)expect_held(engine, 3, HELD_CREATING);
	(void)expect_held(engine, 4, HELD_READY);
	held = expect_held(engine, 5, HELD_RUNNING);
	(void)expect_held(engine, 6, HELD_CREATING);
	engine_expect(engine, MSG_FAILED, 6, &answer);
	tap_has((const char *)answer.body + sizeof(struct msg_failed), "killed by signal 9", "a failure is kept for the next engine");
	engine_expect(engine, MSG_LIST_END, 0, &answer);
	engine_expect(engine, MSG_EXITED, 5, &answer);

	(void)close(engine);
	engine = engine_greet(&shim);
	engine_ask(engine, MSG_CONTINUE, 3, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_STARTED, 3, &answer);
	engine_expect(engine, MSG_EXITED, 3, &answer);
	engine_ask(engine, MSG_START, 4, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_STARTED, 4, &answer);
	engine_expect(engine, MSG_EXITED, 4, &answer);
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	(void)expect_held(engine, 1, HELD_RUNNING);
	(void)expect_held(engine, 2, HELD_RUNNING);
	for (uint64_t tag = 3; tag <= 5; tag++) {
		(void)expect_held(engine, tag, HELD_EXITED);
		engine_expect(engine, MSG_EXITED, tag, &answer);
		tap_number(answer_exited(&answer).wait_status, tag == 5 ? 5 << 8 : 0, "its exit status is kept");
	}
	engine_expect(engine, MSG_LIST_END, 0, &answer);
	(void)close(engine);
	shim_stop(&shim);
	all_gone(pids);
}

static bool empty_directory(const char *path)
{
	DIR *directory = opendir(path);
	bool empty = true;

	if (directory == NULL)
		return true;
	for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
		empty = empty && entry->d_name[0] == '.';
	(void)closedir(directory);
	return empty;
}

static void one_shot(uint32_t flags)
{
	struct plan_builder plan;
	char path[300];
	pid_t pid;
	int engine;

	shim_start_new(&shim, "one-shot");
	engine = engine_greet(&shim);
	shell_init(&plan, flags, "sleep 0.2; exit 6");
	builder_put(&plan, E_ID, "s", "one");
	engine_launch(engine, 1, &plan, NULL, 0);
	if ((flags & PLAN_HOLD) != 0) {
		engine_expect(engine, MSG_READY, 1, &answer);
		engine_ask(engine, MSG_START, 1, NULL, 0, NULL, 0);
	}
	engine_expect(engine, MSG_STARTED, 1, &answer);
	pid = (pid_t)answer_u32(&answer, 0);
	engine_receive(engine, &answer);
	tap_ok(answer.end, "the connection ends");
	tap_ok(shim_wait(&shim) == 0, "so does the shim");
	{
		int status;

		/* We are a sub-reaper: the container is our child now. */
		tap_ok(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 6, "the container lives on and is the caller's");
	}
	(void)snprintf(path, sizeof(path), "%s/shim.sock", shim.root);
	tap_ok(!exists(path), "no socket is left");
	(void)snprintf(path, sizeof(path), "%s/lock", shim.root);
	tap_ok(!exists(path), "no lock is left");
	(void)snprintf(path, sizeof(path), "%s/c", shim.root);
	tap_ok(!empty_directory(path), "the record is");
	(void)close(engine);
	root_discard(shim.root);
}

static void one_shot_fails(void)
{
	struct plan_builder plan;
	char path[300];
	int engine;

	shim_start_new(&shim, "one-shot");
	engine = engine_greet(&shim);
	builder_start(&plan, PLAN_INIT, 0);
	builder_put(&plan, E_ARGV, "S", (const char *const[]){"/no/such/program", NULL});
	builder_put(&plan, E_ENV, "S", (const char *const[]){NULL});
	builder_put(&plan, E_ID, "s", "one");
	shell_cgroup(&plan, freezer);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	tap_ok(shim_wait(&shim) == 0 && !exists(freezer), "after FAILED it ends, and nothing is left");
	(void)snprintf(path, sizeof(path), "%s/c", shim.root);
	tap_ok(empty_directory(path), "no record either");
	(void)close(engine);
	root_discard(shim.root);
}

static void one_shot_left(void)
{
	struct plan_builder plan;
	int engine;
	pid_t pid;

	shim_start_new(&shim, "one-shot");
	engine = engine_greet(&shim);
	shell_init(&plan, PLAN_HOLD, "true");
	shell_cgroup(&plan, freezer);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_READY, 1, &answer);
	pid = (pid_t)answer_u32(&answer, 0);
	(void)close(engine);
	tap_ok(shim_wait(&shim) == 0, "an engine that leaves before START ends it");
	tap_ok(!is_alive(pid) && !exists(freezer), "with its container");
	root_discard(shim.root);
}

int main(void)
{
	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0 || cgroup_name("freezer", "f", freezer) == NULL) {
		tap_skip("needs root, /bin/busybox and the v1 freezer", "modes");
		return tap_done();
	}
	tied_by_hang_up();
	tied_by_kill();
	tied_to_its_starter();
	lasting();
	one_shot(0);
	one_shot(PLAN_HOLD);
	one_shot_fails();
	one_shot_left();
	return tap_done();
}
