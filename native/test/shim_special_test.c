/* SPDX-License-Identifier: Apache-2.0 */
/* User namespaces with their stager, pid namespaces by descriptor, terminals, and who is left behind at the very end. */
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
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

static void user_plan(struct plan_builder *plan, uint32_t flags, const char *script)
{
	shell_host_init(plan, flags, script);
	builder_put(plan, E_NS_NEW, "u", CLONE_NEWUSER | CLONE_NEWPID);
	builder_put(plan, E_UID_MAP, "nuuu", 1, 0, 100000, 65536);
	builder_put(plan, E_GID_MAP, "nuuu", 1, 0, 100000, 65536);
	builder_put(plan, E_ID, "s", "mapped");
}

static void user_namespace(void)
{
	struct plan_builder plan;
	char path[64], text[4096], out[64] = "";
	int pipes[2];
	uint32_t pid;

	need(pipe2(pipes, O_CLOEXEC) == 0, "pipe");
	user_plan(&plan, PLAN_HOLD, "id -u; echo pid $$; exec sleep 1000");
	shell_stdio(&plan, 1, STDIO_FD, 1, "");
	engine_launch(engine, 1, &plan, &pipes[1], 1);
	(void)close(pipes[1]);
	engine_expect(engine, MSG_READY, 1, &answer);
	pid = answer_u32(&answer, 0);
	tap_ok(answer_u64(&answer, 8) == proc_start_time((pid_t)pid), "pid and start time are the init's, not the stager's");
	engine_ask(engine, MSG_START, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	tap_number(answer_u32(&answer, 0), pid, "STARTED is about the same");
	for (size_t length = 0; strstr(out, "pid 1\n") == NULL;) {
		ssize_t count = read(pipes[0], out + length, sizeof(out) - 1 - length);

		need(count > 0, "its output");
		length += (size_t)count;
	}
	tap_is(out, "0\npid 1\n", "root inside, pid 1 inside");
	(void)snprintf(path, sizeof(path), "/proc/%u/uid_map", pid);
	need(read_text(path, text, sizeof(text)), "uid_map");
	tap_has(text, "100000", "its ids are mapped");
	for (int i = 0; i < 300 && count_children(shim.pid) > 1; i++)
		(void)poll(NULL, 0, 10); /* nothing tells of the reaping of the stager */
	tap_number(count_children(shim.pid), 1, "the stager is reaped");
	engine_ask_u32(engine, MSG_SIGNAL, 1, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	tap_number(answer_exited(&answer).wait_status, SIGKILL, "a signal reaches it");
	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	(void)close(pipes[0]);
}

static void user_namespace_fails(void)
{
	struct plan_builder plan;

	builder_start(&plan, PLAN_INIT, 0);
	builder_put(&plan, E_ARGV, "S", (const char *const[]){"/no/such/program", NULL});
	builder_put(&plan, E_ENV, "S", (const char *const[]){NULL});
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWUSER | CLONE_NEWPID);
	builder_put(&plan, E_UID_MAP, "nuuu", 1, 0, 100000, 65536);
	builder_put(&plan, E_GID_MAP, "nuuu", 1, 0, 100000, 65536);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	answer_check_failed(&answer, PHASE_EXEC, "/no/such/program");
}

/* What somebody without any rights does; the status of his process. */
static int run_without_rights(void)
{
	const uid_t user = 12345;
	struct plan_builder plan;
	int status;

	if (setresgid(user, user, user) != 0 || setresuid(user, user, user) != 0)
		return 100;
	shim_start_new(&shim, "tied");
	engine = engine_greet(&shim);
	shell_host_init(&plan, PLAN_AUTO_CLEAN, "[ $$ = 1 ] && [ $(id -u) = 0 ] && exit 7");
	builder_put(&plan, E_NS_NEW, "u", CLONE_NEWUSER | CLONE_NEWPID);
	builder_put(&plan, E_UID_MAP, "nuuu", 1, 0, user, 1);
	builder_put(&plan, E_GID_MAP, "nuuu", 1, 0, user, 1);
	builder_put(&plan, E_SETGROUPS, "u", 0);
	builder_put(&plan, E_ID, "s", "rootless");
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	status = answer_exited(&answer).wait_status;
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	(void)close(engine);
	if (shim_wait(&shim) != 0 || exists(shim.root))
		return 101;
	*strrchr(shim.root, '/') = '\0';
	return rmdir(shim.root) == 0 ? WEXITSTATUS(status) : 102;
}

static void without_rights(void)
{
	char path[512];
	int status;
	pid_t child;
	/* The build may be in a directory that is closed to others. */
	int program = open(shim_program(path), O_PATH);

	need(program >= 0, "%s", path);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", program);
	(void)fflush(stdout);
	child = fork();
	need(child >= 0, "fork");
	if (child == 0) {
		(void)setenv("CAISSON_SHIM", path, 1);
		_exit(run_without_rights());
	}
	need(waitpid(child, &status, 0) == child, "wait");
	tap_number(WEXITSTATUS(status), 7, "a shim and a container of somebody without any rights");
	(void)close(program);
}

static void pid_namespace_by_descriptor(void)
{
	struct plan_builder plan;
	char path[64];
	int fd;

	shell_init(&plan, 0, "exec sleep 1000");
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	(void)snprintf(path, sizeof(path), "/proc/%u/ns/pid", answer_u32(&answer, 0));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	need(fd >= 0, "%s", path);
	shell_host_init(&plan, PLAN_AUTO_CLEAN, "[ $$ -gt 1 ] && [ $$ -lt 10 ] && exit 3");
	builder_put(&plan, E_NS_JOIN, "uu", CLONE_NEWPID, 1);
	engine_launch(engine, 2, &plan, &fd, 1);
	engine_expect(engine, MSG_STARTED, 2, &answer);
	engine_expect(engine, MSG_EXITED, 2, &answer);
	tap_number(answer_exited(&answer).wait_status, 3 << 8, "an init in the pid namespace of another");
	engine_expect(engine, MSG_CLEANED, 2, &answer);
	(void)close(fd);
	shell_init(&plan, PLAN_AUTO_CLEAN, "[ $$ = 1 ] && exit 4");
	engine_launch(engine, 2, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 2, &answer);
	engine_expect(engine, MSG_EXITED, 2, &answer);
	tap_number(answer_exited(&answer).wait_status, 4 << 8, "the next one has its own again");
	engine_expect(engine, MSG_CLEANED, 2, &answer);
}

static void terminal(uint32_t flags)
{
	struct plan_builder plan;
	char text[64] = "";
	int master;
	size_t length = 0;

	shell_init(&plan, PLAN_TTY | PLAN_AUTO_CLEAN | flags, "echo on a terminal; [ -t 0 ] && [ -t 2 ] && exit 5");
	engine_launch(engine, 3, &plan, NULL, 0);
	if (flags != 0) {
		engine_expect(engine, MSG_READY, 3, &answer);
		master = answer.fd_count == 1 ? answer.fds[0] : -1;
		engine_ask(engine, MSG_START, 3, NULL, 0, NULL, 0);
		engine_expect(engine, MSG_STARTED, 3, &answer);
		tap_number(answer.fd_count, 0, "the master is sent once");
	} else {
		engine_expect(engine, MSG_STARTED, 3, &answer);
		master = answer.fd_count == 1 ? answer.fds[0] : -1;
	}
	need(master >= 0, "a pty's master");
	engine_expect(engine, MSG_EXITED, 3, &answer);
	tap_number(answer_exited(&answer).wait_status, 5 << 8, "its streams are a terminal");
	engine_expect(engine, MSG_CLEANED, 3, &answer);
	for (ssize_t count; (count = read(master, text + length, sizeof(text) - 1 - length)) > 0;)
		length += (size_t)count;
	tap_is(text, "on a terminal\r\n", "all that it wrote is there after its end, and the shim does not hold the master");
	(void)close(master);
}

/* A process without cgroups and pid namespace leaves others behind: they go with the shim. */
static void left_behind(void)
{
	struct plan_builder plan;
	char text[64] = "";
	int pipes[2];
	int pid;

	need(pipe2(pipes, O_CLOEXEC) == 0, "pipe");
	shell_host_init(&plan, PLAN_AUTO_CLEAN, "setsid sh -c 'sleep 1000 & wait' >/dev/null & echo $!");
	shell_stdio(&plan, 1, STDIO_FD, 1, "");
	engine_launch(engine, 4, &plan, &pipes[1], 1);
	(void)close(pipes[1]);
	engine_expect(engine, MSG_STARTED, 4, &answer);
	engine_expect(engine, MSG_EXITED, 4, &answer);
	engine_expect(engine, MSG_CLEANED, 4, &answer);
	need(read(pipes[0], text, sizeof(text) - 1) > 0 && sscanf(text, "%d", &pid) == 1, "its pid");
	tap_ok(is_alive(pid), "somebody is left behind");
	(void)close(pipes[0]);
	(void)close(engine);
	tap_ok(shim_wait(&shim) == 0, "the shim ends");
	tap_ok(!is_alive(pid), "and takes them along");
	root_discard(shim.root);
}

int main(void)
{
	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0) {
		tap_skip("needs root and /bin/busybox", "special processes");
		return tap_done();
	}
	without_rights();
	shim_start_new(&shim, "tied");
	engine = engine_greet(&shim);
	user_namespace();
	user_namespace_fails();
	pid_namespace_by_descriptor();
	terminal(0);
	terminal(PLAN_HOLD);
	left_behind();
	return tap_done();
}
