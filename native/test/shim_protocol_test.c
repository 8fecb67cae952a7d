/* SPDX-License-Identifier: Apache-2.0 */
/* What a shim refuses, and that nothing of it is left. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

static struct shim_process shim;

static void hello(int fd, uint32_t magic, uint32_t version)
{
	uint32_t body[4] = {magic, version, (uint32_t)getpid(), 0};

	engine_ask(fd, MSG_HELLO, 0, body, sizeof(body), NULL, 0);
}

static void greetings(void)
{
	int engine, fd;

	fd = engine_connect(&shim);
	hello(fd, 42, PROTOCOL_VERSION);
	engine_expect_end(fd, "no HELLO");
	fd = engine_connect(&shim);
	hello(fd, PROTOCOL_MAGIC, 99);
	engine_expect_end(fd, "version 99");
	fd = engine_connect(&shim);
	engine_ask(fd, MSG_LIST, 0, NULL, 0, NULL, 0);
	engine_expect_end(fd, "first message must be HELLO");
	engine = engine_greet(&shim);
	fd = engine_connect(&shim);
	hello(fd, PROTOCOL_MAGIC, PROTOCOL_VERSION);
	engine_expect_end(fd, "another engine is connected");
	(void)close(engine);
}

static void refuses_raw(const void *bytes, size_t length, const char *why)
{
	int fd = engine_greet(&shim);

	need(send(fd, bytes, length, 0) == (ssize_t)length, "send %zu bytes", length);
	engine_expect_end(fd, why);
}

static void refuses(uint32_t type, uint64_t tag, size_t length, const int *fds, unsigned int fd_count, const char *why)
{
	static const unsigned char body[64];
	int fd = engine_greet(&shim);

	engine_ask(fd, type, tag, body, length, fds, fd_count);
	engine_expect_end(fd, why);
}

static void malformed(void)
{
	static unsigned char bytes[MSG_MAX + 1];
	struct msg_header header = {.type = MSG_LIST, .length = 17};
	int fds[MSG_MAX_FDS + 1];

	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		fds[i] = 0;
	refuses_raw(bytes, 3, "no header");
	refuses_raw(&header, sizeof(header), "says that it has 17");
	refuses_raw(bytes, sizeof(bytes), "longer than");
	refuses(0, 1, 0, NULL, 0, "type 0");
	refuses(77, 1, 0, NULL, 0, "type 77");
	refuses(MSG_WELCOME, 1, 0, NULL, 0, "type 101");
	refuses(MSG_SIGNAL, 1, 3, NULL, 0, "3 bytes of body");
	refuses(MSG_SIGNAL, 1, 5, NULL, 0, "5 bytes of body");
	refuses(MSG_LIST, 0, 1, NULL, 0, "1 bytes of body");
	refuses(MSG_LIST, 0, 0, fds, 1, "1 descriptors");
	refuses(MSG_LAUNCH, 1, 0, NULL, 0, "0 descriptors");
	refuses(MSG_LAUNCH, 1, 0, fds, MSG_MAX_FDS + 1, "65 descriptors");
	refuses(MSG_LAUNCH, 0, 0, fds, 1, "tag 0");
	refuses(MSG_HELLO, 0, 16, NULL, 0, "type 1");
}

static void fails_plan(int engine, int fd, const char *why)
{
	struct answer answer;

	engine_ask(engine, MSG_LAUNCH, 1, NULL, 0, &fd, 1);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	answer_check_failed(&answer, PHASE_PLAN, why);
	(void)close(fd);
}

static void bad_plans(void)
{
	int engine = engine_greet(&shim);
	struct plan_builder plan;
	int fds[2];

	need(pipe(fds) == 0, "pipe");
	fails_plan(engine, fds[0], "memfd");
	(void)close(fds[1]);
	shell_init(&plan, 0, "true");
	fails_plan(engine, plan_memfd(&plan, 0), "not sealed");
	shell_init(&plan, 0, "true");
	fails_plan(engine, plan_memfd(&plan, F_SEAL_SHRINK | F_SEAL_GROW), "not sealed");
	plan = (struct plan_builder){.bytes = NULL};
	builder_start(&plan, PLAN_INIT, 0);
	plan.length = 10;
	fails_plan(engine, plan_memfd(&plan, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE), "bytes");
	shell_init(&plan, 0, "true");
	plan.bytes[0] ^= 1;
	fails_plan(engine, plan_memfd(&plan, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE), "");
	shell_init(&plan, 0, "true");
	for (int i = 0; i < 16; i++)
		builder_put(&plan, E_REPORT, "s", "/proc/self/stat");
	fails_plan(engine, plan_memfd(&plan, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE), "report files");
	(void)close(engine);
}

static void refuses_request(int engine, uint32_t type, uint64_t tag, size_t length, const char *why)
{
	static const unsigned char body[64];
	struct answer answer;

	engine_ask(engine, type, tag, body, length, NULL, 0);
	engine_expect(engine, MSG_REFUSED, tag, &answer);
	answer.body[answer.length] = '\0';
	tap_has((const char *)answer.body, why, "refused for the right reason");
}

static void wrong_state(void)
{
	int engine = engine_greet(&shim);
	struct plan_builder plan;
	struct answer answer;

	refuses_request(engine, MSG_CONTINUE, 5, 0, "no process with this tag");
	refuses_request(engine, MSG_CLEAN, 5, 0, "no process with this tag");
	engine_ask_u32(engine, MSG_SIGNAL, 5, 9);
	engine_expect(engine, MSG_SIGNALLED, 5, &answer);
	tap_number(answer_u32(&answer, 0), 3, "a signal to nobody: ESRCH");
	shell_init(&plan, 0, "exec sleep 1000");
	engine_launch(engine, 5, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 5, &answer);
	refuses_request(engine, MSG_CONTINUE, 5, 0, "does not wait for CONTINUE");
	refuses_request(engine, MSG_START, 5, 0, "does not wait for START");
	refuses_request(engine, MSG_CLEAN, 5, 0, "has not ended");
	refuses_request(engine, MSG_FOLLOW, 5, 16, "no spool");
	refuses_request(engine, MSG_SHUTDOWN, 99, 4, "1 processes are held");
	shell_init(&plan, 0, "true");
	engine_launch(engine, 5, &plan, NULL, 0);
	engine_expect(engine, MSG_REFUSED, 5, &answer);
	engine_ask_u32(engine, MSG_SIGNAL, 5, 200);
	engine_expect(engine, MSG_SIGNALLED, 5, &answer);
	tap_number(answer_u32(&answer, 0), 22, "no such signal: EINVAL");
	engine_ask_u32(engine, MSG_SIGNAL, 5, 9);
	engine_expect(engine, MSG_SIGNALLED, 5, &answer);
	engine_expect(engine, MSG_EXITED, 5, &answer);
	engine_ask(engine, MSG_CLEAN, 5, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 5, &answer);
	tap_number(answer_u32(&answer, 0), 0, "it is clean");
	(void)close(engine);
}

/* With one engine that has an answer: the connections before it have been dealt with. */
static void connected_descriptors(char *text, size_t size)
{
	int engine = engine_greet(&shim);

	engine_settle(engine);
	list_descriptors(shim.pid, text, size);
	(void)close(engine);
}

int main(void)
{
	char before[4096];
	char after[4096];

	if (geteuid() != 0) {
		tap_skip("needs root", "the shim's protocol");
		return tap_done();
	}
	shim_start_new(&shim, "lasting");
	(void)close(engine_greet(&shim));
	wrong_state(); /* the first launch opens what stays open */
	connected_descriptors(before, sizeof(before));
	greetings();
	malformed();
	bad_plans();
	wrong_state();
	connected_descriptors(after, sizeof(after));
	tap_is(after, before, "descriptors of the shim as before");
	tap_number(count_children(shim.pid), 0, "no children");
	shim_stop(&shim);
	return tap_done();
}
