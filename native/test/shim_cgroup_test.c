/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of cgroups and of who is in them. */
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
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
static char freezer[256], memory[256], pids[256], unified[256];

static void await_exit_and_clean(uint64_t tag)
{
	engine_expect(engine, MSG_EXITED, tag, &answer);
	tap_ok(!exists(freezer) && !exists(memory), "the cgroups are gone when EXITED comes");
	(void)answer_exited(&answer);
}

static void clean(uint64_t tag)
{
	struct answer cleaned;

	engine_ask(engine, MSG_CLEAN, tag, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, tag, &cleaned);
	tap_number(answer_u32(&cleaned, 0), 0, "cleaned");
}

static void made_and_removed(void)
{
	struct plan_builder plan;
	char path[300];

	shell_init(&plan, 0, "exec sleep 1000");
	shell_cgroup(&plan, freezer);
	shell_cgroup(&plan, memory);
	(void)snprintf(path, sizeof(path), "%s/memory.limit_in_bytes", memory);
	builder_put(&plan, E_CGROUP_WRITE, "ss", path, "67108864");
	builder_put(&plan, E_REPORT, "s", path);
	builder_put(&plan, E_REPORT, "s", "/no/such/report");
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	(void)snprintf(path, sizeof(path), "%s/nested", freezer);
	need(mkdir(path, 0700) == 0, "a cgroup below it");
	engine_ask_u32(engine, MSG_SIGNAL, 1, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 1, &answer);
	await_exit_and_clean(1);
	tap_number(answer_exited(&answer).reports, 2, "two reports");
	tap_ok(answer.length == sizeof(struct msg_exited) + 4 + 9 + 4 && answer_u32(&answer, sizeof(struct msg_exited)) == 9 &&
		       memcmp(answer.body + sizeof(struct msg_exited) + 4, "67108864\n", 9) == 0 &&
		       answer_u32(&answer, sizeof(struct msg_exited) + 13) == REPORT_MISSING,
	       "the first one's content, and that the second is missing");
	clean(1);
}

/* Too little memory to start: the kernel's count tells why the process was killed. */
static void starved(void)
{
	struct plan_builder plan;
	char path[300];
	size_t report;

	shell_init(&plan, 0, "true");
	shell_cgroup(&plan, memory);
	(void)snprintf(path, sizeof(path), "%s/memory.limit_in_bytes", memory);
	builder_put(&plan, E_CGROUP_WRITE, "ss", path, "4096");
	(void)snprintf(path, sizeof(path), "%s/memory.oom_control", memory);
	builder_put(&plan, E_REPORT, "s", path);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	report = sizeof(struct msg_failed) + answer_u32(&answer, offsetof(struct msg_failed, text_length));
	need(answer.length == report + 4 + answer_u32(&answer, report), "one report");
	answer.body[answer.length] = '\0';
	tap_has((const char *)answer.body + sizeof(struct msg_failed), "killed by signal 9", "text of the failure");
	tap_has((const char *)answer.body + report + 4, "oom_kill 1\n", "the report of a process that was killed at its start");
	tap_ok(!exists(memory), "its cgroup is gone");
}

/* Somebody else's cgroup of the same name makes the launch fail, and is left alone with what is in it. */
static void strangers(void)
{
	struct plan_builder plan;
	char path[300];
	char pid_text[16];
	pid_t stranger;

	need(mkdir(memory, 0700) == 0, "a cgroup that is there");
	stranger = fork();
	need(stranger >= 0, "fork");
	if (stranger == 0) {
		(void)pause();
		_exit(0);
	}
	(void)snprintf(path, sizeof(path), "%s/cgroup.procs", memory);
	(void)snprintf(pid_text, sizeof(pid_text), "%d", (int)stranger);
	write_text(path, pid_text);
	shell_init(&plan, 0, "true");
	shell_cgroup(&plan, freezer);
	shell_cgroup(&plan, memory);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	answer_check_failed(&answer, PHASE_CGROUP, memory);
	tap_ok(!exists(freezer), "what the launch made is gone");
	tap_ok(exists(memory) && is_alive(stranger), "what was there before is there, and lives");
	need(kill(stranger, SIGKILL) == 0 && waitpid(stranger, NULL, 0) == stranger, "end of the stranger");
	tap_ok(rmdir(memory) == 0, "it can go");
}

static void left_behind(uint32_t flags, const char *script, const char *what)
{
	struct plan_builder plan;

	tap_note("%s", what);
	shell_host_init(&plan, flags, script);
	shell_cgroup(&plan, freezer);
	shell_cgroup(&plan, memory);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	await_exit_and_clean(1);
	clean(1);
}

/* It fills a pids cgroup, and forks on as soon as there is room. */
static void fork_bomb(void)
{
	struct plan_builder plan;
	char path[300];

	shell_host_init(&plan, PLAN_KILL_CGROUP, "b() { b & b & b; }; b 2>/dev/null & sleep 0.5; exit 0");
	shell_cgroup(&plan, pids);
	(void)snprintf(path, sizeof(path), "%s/pids.max", pids);
	builder_put(&plan, E_CGROUP_WRITE, "ss", path, "200");
	shell_cgroup(&plan, freezer);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	await_exit_and_clean(1);
	tap_ok(!exists(pids), "a fork bomb ends with its container");
	clean(1);
}

/* The launch fails when its cgroups are made already. */
static void fails_late(void)
{
	struct plan_builder plan;

	builder_start(&plan, PLAN_INIT, 0);
	builder_put(&plan, E_ARGV, "S", (const char *const[]){"/no/such/program", NULL});
	builder_put(&plan, E_ENV, "S", (const char *const[]){NULL});
	shell_cgroup(&plan, freezer);
	shell_cgroup(&plan, memory);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	answer_check_failed(&answer, PHASE_EXEC, "/no/such/program");
	tap_ok(!exists(freezer) && !exists(memory), "its cgroups are gone when FAILED comes");
}

static void version_2(void)
{
	struct plan_builder plan;
	char script[1024];

	if (!exists("/sys/fs/cgroup/unified/cgroup.procs")) {
		tap_skip("no cgroup2 at /sys/fs/cgroup/unified", "cgroup v2");
		return;
	}
	(void)snprintf(script, sizeof(script),
		       "mkdir %s/sub; for i in 1 2 3; do setsid sleep 1000 & echo $! > %s/sub/cgroup.procs; done; exit 5",
		       unified, unified);
	shell_host_init(&plan, PLAN_KILL_CGROUP | PLAN_CGROUP_IN_PARENT, script);
	builder_put(&plan, E_CGROUP_MKDIR, "us", 0, unified);
	builder_put(&plan, E_CGROUP_INTO, "s", unified);
	builder_put(&plan, E_REMOVE_CGROUP, "s", unified);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	tap_ok(!exists(unified), "a populated cgroup of version 2 is killed and removed");
	clean(1);
}

/* Frozen by a pause of version 1: its processes do not die before they are thawed. */
static void ends_frozen(void)
{
	struct plan_builder plan;
	char path[300];

	shell_init(&plan, 0, "exec sleep 1000");
	shell_cgroup(&plan, freezer);
	shell_cgroup(&plan, memory);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	(void)snprintf(path, sizeof(path), "%s/freezer.state", freezer);
	write_text(path, "FROZEN");
	shim_stop(&shim);
	tap_ok(!exists(freezer) && !exists(memory), "SIGTERM to the shim ends a frozen container, too");
	tap_ok(!is_alive((pid_t)answer_u32(&answer, 0)), "its init is dead");
}

int main(void)
{
	char before[4096];
	char after[4096];

	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0 || cgroup_name("freezer", "f", freezer) == NULL ||
	    cgroup_name("memory", "m", memory) == NULL || cgroup_name("pids", "p", pids) == NULL) {
		tap_skip("needs root, /bin/busybox and the v1 freezer, memory and pids controllers", "cgroups");
		return tap_done();
	}
	(void)cgroup_name("unified", "u", unified);
	shim_start_new(&shim, "lasting");
	engine = engine_greet(&shim);
	left_behind(0, "sleep 1000 & exit 0", "one that is left behind without PLAN_KILL_CGROUP");
	engine_settle(engine);
	list_descriptors(shim.pid, before, sizeof(before));
	made_and_removed();
	starved();
	strangers();
	fails_late();
	left_behind(PLAN_KILL_CGROUP, "setsid sleep 1000 & setsid sleep 1000 & exit 0", "two with it");
	fork_bomb();
	version_2();
	engine_settle(engine);
	list_descriptors(shim.pid, after, sizeof(after));
	tap_is(after, before, "descriptors of the shim as before");
	ends_frozen();
	(void)close(engine);
	return tap_done();
}
