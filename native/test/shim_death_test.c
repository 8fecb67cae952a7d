/* SPDX-License-Identifier: Apache-2.0 */
/* kill -9 of the shim: its containers die, and the next shim on the root cleans up after it and tells of it. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
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
static struct answer answer;
static char freezer[256], memory[256], tree[300], spool[310], report[300];

static pid_t launch(int engine, uint64_t tag, struct plan_builder *plan, uint32_t message)
{
	engine_launch(engine, tag, plan, NULL, 0);
	engine_expect(engine, message, tag, &answer);
	return (pid_t)answer_u32(&answer, 0);
}

static void kill_shim(void)
{
	need(kill(shim.pid, SIGKILL) == 0, "kill the shim");
	(void)shim_wait(&shim);
}

/* Everything that a new shim has to see to. */
static void plan_of_survivor(struct plan_builder *plan)
{
	shell_init(plan, 0, "echo output; exec sleep 1000");
	shell_cgroup(plan, memory);
	shell_cgroup(plan, freezer);
	builder_put(plan, E_ID, "s", "lost");
	builder_put(plan, E_BLOB, "b", "blob", (size_t)4);
	builder_put(plan, E_REMOVE_TREE, "s", tree);
	builder_put(plan, E_UNMOUNT, "s", tree);
	(void)snprintf(report, sizeof(report), "%s/memory.limit_in_bytes", memory);
	builder_put(plan, E_REPORT, "s", report);
	shell_stdio(plan, 1, STDIO_SPOOL, 0, spool);
}

static void make_tree(void)
{
	char path[320];

	need(mkdir(tree, 0700) == 0 && mount("tmpfs", tree, "tmpfs", 0, "size=64k") == 0, "a mount of the host");
	(void)snprintf(path, sizeof(path), "%s/file", tree);
	write_text(path, "x");
}

static void expect_lost(int engine, bool lasting)
{
	struct msg_held held;
	struct msg_exited exited = {0};
	struct answer other;
	bool ended = false, listed = false;

	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_HELD, 1, &answer);
	memcpy(&held, answer.body, sizeof(held));
	tap_ok(held.id_length == 4 && held.blob_length == 4 && memcmp(answer.body + sizeof(held), "lostblob", 8) == 0,
	       "id and the engine's record are known");
	/* An engine of a tied shim is there still, and knows it. */
	tap_ok((held.started_ns > 0) == lasting && held.spooled[0] == 7, "so are its start and its output");
	while (!ended || !listed) { /* its end may come while or after the list is told */
		engine_receive(engine, &other);
		if (other.header.type == MSG_EXITED && other.header.tag == 1) {
			ended = true;
			exited = answer_exited(&other);
		}
		listed = listed || other.header.type == MSG_LIST_END;
	}
	tap_number(exited.wait_status, WAIT_STATUS_LOST, "how it ended is not known");
	tap_number(exited.reports, 1, "its report was read before the cgroup went");
	tap_ok(!exists(freezer) && !exists(memory), "its cgroups are gone");
	tap_ok(exists(tree) && exists(spool), "its files stay until CLEAN");
}

static void clean(int engine)
{
	struct stat status;

	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	tap_number(answer_u32(&answer, 0), 0, "cleaned");
	tap_ok(stat(tree, &status) != 0 && !exists(spool), "mount, directory and spool are gone");
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_LIST_END, 0, &answer);
}

static void dies(const char *mode)
{
	struct plan_builder plan;
	pid_t pids[5];
	int engine;
	char frozen[300];

	tap_note("%s", mode);
	shim_start_new(&shim, mode);
	(void)snprintf(tree, sizeof(tree), "%s-tree", shim.root);
	(void)snprintf(spool, sizeof(spool), "%s-spool", shim.root);
	make_tree();
	engine = engine_greet(&shim);
	plan_of_survivor(&plan);
	pids[0] = launch(engine, 1, &plan, MSG_STARTED);
	engine_follow(engine, 1, 1, 0);
	engine_expect(engine, MSG_GREW, 1, &answer);
	shell_exec(&plan, 1, "exec sleep 1000");
	pids[1] = launch(engine, 2, &plan, MSG_STARTED);
	shell_init(&plan, PLAN_AWAIT_CONTINUE, "true");
	pids[2] = launch(engine, 3, &plan, MSG_CREATED);
	shell_init(&plan, PLAN_HOLD, "true");
	pids[3] = launch(engine, 4, &plan, MSG_READY);
	shell_host_init(&plan, 0, "exec sleep 1000");
	pids[4] = launch(engine, 5, &plan, MSG_STARTED);
	/* Frozen, so that the kernel's own kill does not reach it: the next shim has to see to it. */
	(void)snprintf(frozen, sizeof(frozen), "%s/freezer.state", freezer);
	write_text(frozen, "FROZEN");
	kill_shim();
	for (int i = 2; i < 5; i++) {
		await_death(pids[i]);
		tap_ok(!is_alive(pids[i]), "process %d dies with the shim", i + 1);
	}
	(void)close(engine);

	need(shim_start(&shim, mode, shim.root), "a new shim on the same root: %s", shim.line);
	engine = engine_greet(&shim);
	expect_lost(engine, strcmp(mode, "lasting") == 0);
	tap_ok(!is_alive(pids[0]) && !is_alive(pids[1]), "the frozen ones are dead, too");
	clean(engine);
	if (strcmp(mode, "tied") == 0) {
		(void)close(engine);
		tap_ok(shim_wait(&shim) == 0 && !exists(shim.root), "a tied one leaves nothing");
		root_discard(shim.root);
		return;
	}
	(void)close(engine);
	shim_stop(&shim);
}

/* What had ended already is not lost. */
static void knows_the_status(void)
{
	struct plan_builder plan;
	int engine;

	shim_start_new(&shim, "lasting");
	engine = engine_greet(&shim);
	shell_init(&plan, 0, "exit 11");
	builder_put(&plan, E_ID, "s", "ended");
	(void)launch(engine, 1, &plan, MSG_STARTED);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	kill_shim();
	(void)close(engine);
	need(shim_start(&shim, "lasting", shim.root), "a new shim");
	engine = engine_greet(&shim);
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_HELD, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	tap_number(answer_exited(&answer).wait_status, 11 << 8, "a status that the dead shim had noted");
	engine_expect(engine, MSG_LIST_END, 0, &answer);
	(void)close(engine);
	shim_stop(&shim);
}

/* Without any cgroup it is found by its pid and start time; one with the pid of another process leaves that alone. */
static void by_pid(void)
{
	struct plan_builder plan;
	char path[320];
	uint32_t header[32];
	pid_t bystander;
	int engine, fd;

	shim_start_new(&shim, "lasting");
	engine = engine_greet(&shim);
	shell_init(&plan, 0, "exec sleep 1000");
	builder_put(&plan, E_ID, "s", "bare");
	(void)launch(engine, 1, &plan, MSG_STARTED);
	kill_shim();
	(void)close(engine);
	(void)poll(NULL, 0, 30); /* start times have a resolution of 10 ms */
	bystander = fork();
	need(bystander >= 0, "fork");
	if (bystander == 0) {
		(void)pause();
		_exit(0);
	}
	(void)snprintf(path, sizeof(path), "%s/c/0000000000000001", shim.root);
	fd = open(path, O_RDWR);
	need(fd >= 0 && pread(fd, header, sizeof(header), 0) > 56, "its record");
	header[12] = (uint32_t)bystander; /* struct record: pid */
	need(pwrite(fd, header, 56, 0) == 56, "a pid that was given again");
	(void)close(fd);
	(void)snprintf(path, sizeof(path), "%s/c/0000000000000002", shim.root);
	write_text(path, "a torn record");
	need(shim_start(&shim, "lasting", shim.root), "a new shim");
	engine = engine_greet(&shim);
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_HELD, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	engine_expect(engine, MSG_LIST_END, 0, &answer);
	tap_ok(is_alive(bystander), "another process that has its pid now is left alone");
	tap_ok(!exists(path), "a torn record is removed");
	need(kill(bystander, SIGKILL) == 0 && waitpid(bystander, NULL, 0) == bystander, "end of it");
	(void)close(engine);
	shim_stop(&shim);
}

int main(void)
{
	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0 || cgroup_name("freezer", "f", freezer) == NULL ||
	    cgroup_name("memory", "m", memory) == NULL) {
		tap_skip("needs root, /bin/busybox and the v1 freezer and memory controllers", "death of the shim");
		return tap_done();
	}
	dies("lasting");
	dies("tied");
	knows_the_status();
	by_pid();
	return tap_done();
}
