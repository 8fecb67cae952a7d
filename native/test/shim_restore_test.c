/* SPDX-License-Identifier: Apache-2.0 */
/* PLAN_RESTORE: this program is also the restorer, and makes a sibling of itself as CRIU does. */
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/plan_builder.h"
#include "support/shell_plan.h"
#include "support/tap.h"

#define REPORT 3
#define NETWORK 4

static struct shim_process shim;
static int engine;
static struct answer answer;
static char self[512], stage[300], root[300], cgroup[256];

struct report {
	pid_t sibling;
	bool has_mount, has_point, has_other_network;
};

static bool same_file(const char *a, const char *b)
{
	struct stat first, second;

	return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_ino == second.st_ino;
}

static struct report look(const char *directory)
{
	struct report report = {0};
	char path[600], text[16] = "";

	(void)snprintf(path, sizeof(path), "%s/mounts/0", directory);
	report.has_mount = read_text(path, text, sizeof(text)) && strcmp(text, "told") == 0;
	(void)snprintf(path, sizeof(path), "%s/root/made/here", directory);
	report.has_point = exists(path);
	report.has_other_network =
		same_file("/proc/self/fd/4", "/proc/self/ns/net") && !same_file("/proc/self/ns/net", "/proc/1/ns/net");
	return report;
}

/* The sibling waits to be killed; the restorer's own end is when the other end of its report is closed. */
static int restore(const char *directory)
{
	struct clone_args arguments = {.flags = CLONE_PARENT};
	struct report report = look(directory);
	char end;

	report.sibling = (pid_t)syscall(SYS_clone3, &arguments, sizeof(arguments));
	if (report.sibling == 0) {
		(void)close(REPORT);
		for (;;)
			(void)pause();
	}
	if (write(REPORT, &report, sizeof(report)) != (ssize_t)sizeof(report))
		return 1;
	return read(REPORT, &end, 1) == 0 ? 0 : 1;
}

static void plan(struct plan_builder *builder, const char *how)
{
	builder_start(builder, PLAN_INIT, PLAN_RESTORE | PLAN_NEW_ROOT);
	builder_put(builder, E_ID, "s", "restored");
	builder_put(builder, E_PROGRAM, "s", self);
	builder_put(builder, E_ARGV, "S", (const char *const[]){how, stage, NULL});
	builder_put(builder, E_ENV, "S", (const char *const[]){"PATH=/bin", NULL});
	builder_put(builder, E_NS_NEW, "u", CLONE_NEWNS | CLONE_NEWNET);
	builder_put(builder, E_ROOT_BIND, "s", root);
	builder_put(builder, E_RESTORE_STAGE, "s", stage);
	builder_put(builder, E_RESTORE_POINT, "us", 1, "/made/here");
	builder_content(builder, "told", "/mounts/0", 0644);
	builder_put(builder, E_KEEP_FD, "uu", 1, REPORT);
	builder_put(builder, E_KEEP_NETWORK, "u", NETWORK);
}

/* Launches one and returns our end of its report. */
static int launch(uint64_t tag, const char *how, struct report *report)
{
	struct plan_builder builder;
	int ends[2];

	need(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0, "socketpair");
	plan(&builder, how);
	shell_cgroup(&builder, cgroup);
	engine_launch(engine, tag, &builder, &ends[1], 1);
	(void)close(ends[1]);
	if (report != NULL)
		need(read(ends[0], report, sizeof(*report)) == (ssize_t)sizeof(*report), "its report");
	return ends[0];
}

static void adopt(uint64_t tag, pid_t pid)
{
	uint32_t body[2] = {(uint32_t)pid, 0};

	engine_ask(engine, MSG_ADOPT, tag, body, sizeof(body), NULL, 0);
}

static void ended(uint64_t tag)
{
	engine_ask(engine, MSG_CLEAN, tag, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, tag, &answer);
	tap_ok(!exists(cgroup), "the cgroup is gone");
}

static void is_adopted(void)
{
	struct report report;
	int end = launch(1, "restorer", &report);
	char path[600];

	tap_ok(report.has_mount, "a mount is in the stage");
	tap_ok(report.has_point, "a mount point was made in the root");
	tap_ok(report.has_other_network, "the new network namespace is open");
	(void)snprintf(path, sizeof(path), "%s/root", stage);
	tap_ok(!exists(path), "nobody else sees the stage");
	adopt(1, report.sibling);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	tap_number(answer_u32(&answer, 0), report.sibling, "the sibling is the init");
	(void)close(end);
	engine_ask_u32(engine, MSG_SIGNAL, 1, SIGTERM);
	engine_expect(engine, MSG_SIGNALLED, 1, &answer);
	engine_expect(engine, MSG_EXITED, 1, &answer);
	tap_number(answer_exited(&answer).wait_status, SIGTERM, "its end is known");
	ended(1);
}

/* A restorer that traces what it has made would keep it from ending. */
static void both_are_killed(void)
{
	struct report report;
	char byte;
	int end = launch(5, "restorer", &report);

	adopt(5, report.sibling);
	engine_expect(engine, MSG_STARTED, 5, &answer);
	engine_ask_u32(engine, MSG_SIGNAL, 5, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 5, &answer);
	engine_expect(engine, MSG_EXITED, 5, &answer);
	tap_number(read(end, &byte, 1), 0, "the restorer is gone as well");
	(void)close(end);
	ended(5);
}

static void is_refused(void)
{
	struct report report;
	struct plan_builder builder;
	int end = launch(2, "restorer", &report);

	adopt(2, 1);
	engine_expect(engine, MSG_REFUSED, 2, &answer);
	adopt(2, (pid_t)-1);
	engine_expect(engine, MSG_REFUSED, 2, &answer);
	shell_init(&builder, 0, "exec sleep 1000");
	engine_launch(engine, 3, &builder, NULL, 0);
	engine_expect(engine, MSG_STARTED, 3, &answer);
	adopt(2, (pid_t)answer_u32(&answer, 0));
	engine_expect(engine, MSG_REFUSED, 2, &answer);
	adopt(3, report.sibling);
	engine_expect(engine, MSG_REFUSED, 3, &answer);
	tap_ok(true, "no stranger, no one else's process, and only for a restore");
	engine_ask_u32(engine, MSG_SIGNAL, 3, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 3, &answer);
	engine_expect(engine, MSG_EXITED, 3, &answer);
	engine_ask(engine, MSG_CLEAN, 3, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 3, &answer);
	/* What it has made goes with it, though nobody has adopted it. */
	engine_ask_u32(engine, MSG_SIGNAL, 2, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 2, &answer);
	engine_expect(engine, MSG_FAILED, 2, &answer);
	answer_check_failed(&answer, PHASE_RESTORE, "signal 9");
	await_death(report.sibling);
	tap_ok(!exists(cgroup), "the cgroup is gone");
	(void)close(end);
}

static void fails(void)
{
	int end = launch(4, "failing", NULL);

	engine_expect(engine, MSG_FAILED, 4, &answer);
	answer_check_failed(&answer, PHASE_RESTORE, "status 7");
	tap_ok(!exists(cgroup), "the cgroup is gone");
	(void)close(end);
}

static void everything(void)
{
	is_adopted();
	both_are_killed();
	is_refused();
	fails();
}

static void directories(void)
{
	(void)snprintf(stage, sizeof(stage), "%s-stage", shim.root);
	(void)snprintf(root, sizeof(root), "%s-restored", shim.root);
	need(mkdir(stage, 0700) == 0 && mkdir(root, 0700) == 0, "directories");
}

int main(int argc, char **argv)
{
	char before[4096], after[4096];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (argc == 2)
		return strcmp(argv[0], "restorer") == 0 ? restore(argv[1]) : 7;
	if (geteuid() != 0 || cgroup_name("freezer", "restore", cgroup) == NULL || length <= 0) {
		tap_skip("needs root and the freezer cgroup", "a restorer's init is adopted");
		return tap_done();
	}
	shim_start_new(&shim, "tied");
	directories();
	engine = engine_greet(&shim);
	everything();
	engine_settle(engine);
	list_descriptors(shim.pid, before, sizeof(before));
	everything();
	engine_settle(engine);
	list_descriptors(shim.pid, after, sizeof(after));
	tap_is(after, before, "descriptors of the shim as before");
	(void)close(engine);
	tap_number(shim_wait(&shim), 0, "the shim ends");
	root_discard(shim.root);
	return tap_done();
}
