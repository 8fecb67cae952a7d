/* SPDX-License-Identifier: Apache-2.0 */
/* Processes from LAUNCH to CLEANED. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc_stat.h"
#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

static struct shim_process shim;
static int engine;
static struct answer answer;

static struct msg_exited await_exit(uint64_t tag)
{
	engine_expect(engine, MSG_EXITED, tag, &answer);
	return answer_exited(&answer);
}

static void await_clean(uint64_t tag)
{
	engine_expect(engine, MSG_CLEANED, tag, &answer);
	tap_number(answer_u32(&answer, 0), 0, "cleaned");
}

static void runs(void)
{
	struct plan_builder plan;
	struct msg_exited exited;
	int out[2];
	char text[64] = "";
	uint64_t started;

	need(pipe2(out, O_CLOEXEC) == 0, "pipe");
	shell_init(&plan, PLAN_AUTO_CLEAN, "echo pid $$; exec sleep 0.05");
	shell_stdio(&plan, 1, STDIO_FD, 1, "");
	engine_launch(engine, 1, &plan, &out[1], 1);
	(void)close(out[1]);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	started = answer_u64(&answer, 16);
	tap_ok(answer_u64(&answer, 8) == proc_start_time((pid_t)answer_u32(&answer, 0)), "pid and start time are those of /proc");
	exited = await_exit(1);
	tap_number(exited.wait_status, 0, "wait status");
	tap_ok(exited.started_ns == started && exited.finished_ns >= started + 40000000, "it took the time it took");
	tap_ok(exited.max_rss_kib > 0 && exited.minor_faults > 0, "there is usage");
	await_clean(1);
	tap_ok(read(out[0], text, sizeof(text) - 1) > 0, "output");
	tap_is(text, "pid 1\n", "it is pid 1");
	tap_number(read(out[0], text, 1), 0, "end of output");
	(void)close(out[0]);
}

static void ends(const char *script, int status, const char *what)
{
	struct plan_builder plan;

	shell_init(&plan, PLAN_AUTO_CLEAN, script);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	tap_number(await_exit(1).wait_status, status, what);
	await_clean(1);
}

static void same_stderr(void)
{
	struct plan_builder plan;
	int out[2];
	char text[64] = "";

	need(pipe2(out, O_CLOEXEC) == 0, "pipe");
	shell_init(&plan, PLAN_AUTO_CLEAN, "echo to stderr >&2; read x; echo $?");
	shell_stdio(&plan, 2, STDIO_SAME, 0, ""); /* may stand before that of stdout */
	shell_stdio(&plan, 1, STDIO_FD, 1, "");
	shell_stdio(&plan, 0, STDIO_NULL, 0, "");
	engine_launch(engine, 1, &plan, &out[1], 1);
	(void)close(out[1]);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	(void)await_exit(1);
	await_clean(1);
	tap_ok(read(out[0], text, sizeof(text) - 1) > 0, "output");
	tap_is(text, "to stderr\n1\n", "stderr is stdout, stdin is /dev/null");
	(void)close(out[0]);
}

static void signals_reach(void)
{
	struct plan_builder plan;

	shell_init(&plan, PLAN_AUTO_CLEAN, "trap 'exit 7' TERM; echo > /tmp/caisson-ready.$PPID; while :; do sleep 1 & wait; done");
	shell_stdio(&plan, 1, STDIO_NULL, 0, "");
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	await_file("/tmp/caisson-ready.0"); /* init's parent is outside of its namespace */
	(void)unlink("/tmp/caisson-ready.0");
	engine_ask_u32(engine, MSG_SIGNAL, 1, SIGTERM);
	engine_expect(engine, MSG_SIGNALLED, 1, &answer);
	tap_number(answer_u32(&answer, 0), 0, "sent");
	tap_number(WEXITSTATUS(await_exit(1).wait_status), 7, "and heard");
	await_clean(1);
}

static void steps(void)
{
	struct plan_builder plan;
	uint32_t pid;

	shell_init(&plan, PLAN_AWAIT_CONTINUE | PLAN_HOLD | PLAN_AUTO_CLEAN, "exit 3");
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_CREATED, 1, &answer);
	pid = answer_u32(&answer, 0);
	tap_ok(answer_u64(&answer, 8) == proc_start_time((pid_t)pid), "CREATED with pid and start time");
	engine_ask(engine, MSG_CONTINUE, 1, "{}", 2, NULL, 0);
	engine_expect(engine, MSG_READY, 1, &answer);
	tap_number(answer_u32(&answer, 0), pid, "READY is about the same");
	engine_ask(engine, MSG_START, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	tap_number(WEXITSTATUS(await_exit(1).wait_status), 3, "it ran");
	await_clean(1);
}

/* Killed while it is being made it has FAILED; made and held, it has EXITED as any other. */
static void killed_early(uint32_t flags, uint32_t message)
{
	struct plan_builder plan;

	shell_init(&plan, flags, "true");
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, message, 1, &answer);
	engine_ask_u32(engine, MSG_SIGNAL, 1, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 1, &answer);
	if (message == MSG_READY) {
		tap_number(WTERMSIG(await_exit(1).wait_status), SIGKILL, "its end is told");
		await_clean(1);
		return;
	}
	engine_expect(engine, MSG_FAILED, 1, &answer);
	answer.body[answer.length] = '\0';
	tap_has((const char *)answer.body + sizeof(struct msg_failed), "killed by signal 9 during its start", "it is said");
}

static void not_found(void)
{
	struct plan_builder plan;
	struct msg_failed failed;

	builder_start(&plan, PLAN_INIT, 0);
	builder_put(&plan, E_ARGV, "S", (const char *const[]){"/no/such/program", NULL});
	builder_put(&plan, E_ENV, "S", (const char *const[]){NULL});
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	memcpy(&failed, answer.body, sizeof(failed));
	tap_number(failed.exec_code, 127, "exit code that says it best");
	answer_check_failed(&answer, PHASE_EXEC, "/no/such/program");
}

static void executes(void)
{
	struct plan_builder plan;
	int out[2];
	char text[64] = "";

	shell_init(&plan, 0, "exec sleep 1000");
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	need(pipe2(out, O_CLOEXEC) == 0, "pipe");
	shell_exec(&plan, 1, "[ $$ -gt 1 ] && [ $$ -lt 10 ] && echo inside; exit 4");
	shell_stdio(&plan, 1, STDIO_FD, 1, "");
	engine_launch(engine, 2, &plan, &out[1], 1);
	(void)close(out[1]);
	engine_expect(engine, MSG_STARTED, 2, &answer);
	tap_number(WEXITSTATUS(await_exit(2).wait_status), 4, "an exec in the container");
	tap_ok(read(out[0], text, sizeof(text) - 1) > 0 && strcmp(text, "inside\n") == 0, "in its pid namespace");
	(void)close(out[0]);
	shell_exec(&plan, 1, "exec sleep 1000");
	engine_launch(engine, 3, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 3, &answer);
	engine_ask_u32(engine, MSG_SIGNAL, 1, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 1, &answer);
	tap_number(await_exit(3).wait_status, SIGKILL, "an exec dies with its container");
	tap_number(await_exit(1).wait_status, SIGKILL, "which ends after it");
	shell_exec(&plan, 1, "true");
	engine_launch(engine, 4, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 4, &answer);
	answer_check_failed(&answer, PHASE_NAMESPACE, "is not running");
	for (uint64_t tag = 1; tag <= 3; tag++) {
		engine_ask(engine, MSG_CLEAN, tag, NULL, 0, NULL, 0);
		await_clean(tag);
	}
	shell_exec(&plan, 1, "true");
	engine_launch(engine, 4, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 4, &answer);
	answer_check_failed(&answer, PHASE_NAMESPACE, "not held");
}

static void host_process(void)
{
	struct plan_builder plan;

	builder_start(&plan, PLAN_HOST, PLAN_AUTO_CLEAN);
	builder_put(&plan, E_ARGV, "S", (const char *const[]){"/bin/busybox", "sh", "-c", "[ \"$A\" = b ] && exit 9", NULL});
	builder_put(&plan, E_ENV, "S", (const char *const[]){"A=b", NULL});
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	tap_number(WEXITSTATUS(await_exit(1).wait_status), 9, "a process of the host, with its environment");
	await_clean(1);
}

/* What a daemonising process without a pid namespace leaves behind becomes the shim's, and does not stay a zombie. */
static void strays(void)
{
	struct plan_builder plan;
	int alive[2], gate[2];
	struct pollfd end;

	need(pipe2(alive, O_CLOEXEC) == 0 && pipe2(gate, O_CLOEXEC) == 0, "pipes");
	shell_host_init(&plan, PLAN_AUTO_CLEAN, "exec 3<&0; read end <&3 & read end <&3 & exit 0");
	shell_stdio(&plan, 0, STDIO_FD, 2, "");
	shell_stdio(&plan, 1, STDIO_FD, 1, "");
	engine_launch(engine, 1, &plan, (int[]){alive[1], gate[0]}, 2);
	(void)close(alive[1]);
	(void)close(gate[0]);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	(void)await_exit(1);
	await_clean(1);
	tap_number(count_children(shim.pid), 2, "two children left behind");
	(void)close(gate[1]);
	end = (struct pollfd){.fd = alive[0], .events = POLLIN};
	need(poll(&end, 1, 20000) == 1, "they end");
	(void)close(alive[0]);
	for (int i = 0; i < 300 && count_children(shim.pid) > 0; i++)
		(void)poll(NULL, 0, 10); /* nothing tells of the reaping of a stranger's child */
	tap_number(count_children(shim.pid), 0, "and are reaped");
}

static void everything(void)
{
	runs();
	ends("exit 0", 0, "status 0");
	ends("exit 42", 42 << 8, "status 42");
	ends("kill -9 $$; kill -s SEGV 1; exit 1", 1 << 8, "init of a namespace is not killed from inside");
	same_stderr();
	signals_reach();
	steps();
	killed_early(PLAN_AWAIT_CONTINUE, MSG_CREATED);
	killed_early(PLAN_HOLD | PLAN_AUTO_CLEAN, MSG_READY);
	not_found();
	executes();
	host_process();
	strays();
}

int main(void)
{
	char before[4096];
	char after[4096];

	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0) {
		tap_skip("needs root and /bin/busybox", "processes run");
		return tap_done();
	}
	shim_start_new(&shim, "lasting");
	engine = engine_greet(&shim);
	everything();
	engine_settle(engine);
	list_descriptors(shim.pid, before, sizeof(before));
	everything();
	engine_settle(engine);
	list_descriptors(shim.pid, after, sizeof(after));
	tap_is(after, before, "descriptors of the shim as before");
	tap_number(count_children(shim.pid), 0, "no children");
	(void)close(engine);
	shim_stop(&shim);
	return tap_done();
}
