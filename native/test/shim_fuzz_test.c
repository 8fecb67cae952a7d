/* SPDX-License-Identifier: Apache-2.0 */
/* Requests drawn at random: whatever comes, the shim answers or refuses, and nothing is left in the end. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message.h"
#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

#define ROUNDS 20000u
#define TAGS 12u

static struct shim_process shim;
static struct answer answer;
static int engine = -1;
static unsigned int refused_connections, answers;

static void reconnect(void)
{
	(void)close(engine);
	engine = engine_greet(&shim);
	refused_connections++;
}

/* Takes all answers to what was sent; opens a new connection when this one was ended. */
static void take_answers(void)
{
	struct msg_header header = {.type = MSG_SIGNAL, .length = sizeof(header) + 4, .tag = UINT64_MAX};
	uint32_t signal = 0;
	struct iovec parts[2] = {{.iov_base = &header, .iov_len = sizeof(header)}, {.iov_base = &signal, .iov_len = 4}};

	if (message_send(engine, parts, 2, NULL, 0) != 0) {
		reconnect();
		return;
	}
	do {
		engine_receive(engine, &answer);
		for (unsigned int i = 0; i < answer.fd_count; i++)
			(void)close(answer.fds[i]);
		answers++;
		if (answer.end || (answer.header.type == MSG_REFUSED && answer.header.tag == 0)) {
			reconnect();
			return;
		}
	} while (answer.header.tag != UINT64_MAX);
}

static const char *any_script(void)
{
	static const char *const scripts[] = {"true", "exit 1", "sleep 0.02", "exec sleep 1000", "exit 137", "sleep 0.01 & exit 0"};

	return scripts[rand() % 6];
}

/* Anywhere but in the script, which is the first entry: what that might come to nobody knows. */
static void flip_a_bit(struct plan_builder *plan)
{
	struct plan_entry script;
	size_t behind, at;

	memcpy(&script, plan->bytes + sizeof(struct plan_header), sizeof(script));
	behind = sizeof(struct plan_header) + sizeof(script) + script.length;
	do
		at = (size_t)rand() % plan->length;
	while (at >= sizeof(struct plan_header) && at < behind);
	plan->bytes[at] ^= (unsigned char)(1 << rand() % 8);
}

static int any_plan(void)
{
	static const uint32_t flags[] = {0, 0, PLAN_AUTO_CLEAN, PLAN_AWAIT_CONTINUE, PLAN_HOLD, PLAN_TTY, PLAN_HOLD | PLAN_TTY,
					 PLAN_AWAIT_CONTINUE | PLAN_HOLD | PLAN_AUTO_CLEAN};
	struct plan_builder plan;
	int seals = rand() % 20 == 0 ? 0 : F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
	char path[300];

	switch (rand() % 4) {
	case 0:
		shell_host_init(&plan, flags[rand() % 8], any_script());
		break;
	case 1:
		shell_exec(&plan, 1 + (unsigned int)rand() % TAGS, any_script());
		break;
	default:
		shell_init(&plan, flags[rand() % 8], any_script());
		break;
	}
	if (rand() % 2 == 0)
		builder_put(&plan, E_ID, "s", "fuzz");
	if (rand() % 4 == 0) {
		(void)snprintf(path, sizeof(path), "%s/spool-%d", shim.root, rand() % 8);
		shell_stdio(&plan, 1, STDIO_SPOOL, 0, path);
	}
	if (rand() % 4 == 0)
		shell_stdio(&plan, 0, STDIO_KEPT, 0, "");
	if (rand() % 4 == 0)
		shell_stdio(&plan, 2, (enum stdio_kind)(rand() % 6), (uint32_t)rand() % 3, "");
	if (rand() % 4 == 0)
		flip_a_bit(&plan);
	return plan_memfd(&plan, seals);
}

/* False: the connection has ended. */
static bool send_any(void)
{
	static unsigned char body[300];
	struct msg_header header = {.type = rand() % 100 == 0 ? (uint32_t)rand() % 120 : 2 + (uint32_t)rand() % 9,
				    .tag = 1 + (uint64_t)(rand() % (int)TAGS)};
	/* What the type wants, mostly. */
	static const uint32_t usual[] = {0, 16, 0, 0, 0, 4, 0, 0, 16, 0, 0, 4};
	uint32_t length = rand() % 100 == 0 ? (uint32_t)rand() % 300 : header.type < 12 ? usual[header.type] : 0;
	struct iovec parts[2] = {{.iov_base = &header, .iov_len = sizeof(header)}, {.iov_base = body, .iov_len = length}};
	int fds[3] = {-1, 0, 0};
	unsigned int fd_count = 0;
	bool sent;

	header.length = (uint32_t)sizeof(header) + length + (rand() % 500 == 0);
	for (uint32_t i = 0; i < length; i++)
		body[i] = (unsigned char)(rand() % 8 == 0 ? rand() : 0);
	if (header.type == MSG_SIGNAL && rand() % 2 == 0)
		body[0] = 9;
	if (header.type == MSG_FOLLOW && length == 16)
		body[0] = (unsigned char)(rand() % 4);
	if (header.type == MSG_SHUTDOWN)
		memset(body, 0, sizeof(body)); /* with force it would do it */
	if (header.type == MSG_LAUNCH) {
		fds[0] = any_plan();
		fd_count = 1 + (unsigned int)rand() % 3;
	} else if (rand() % 100 == 0) {
		fd_count = 1;
		fds[0] = dup(0);
	}
	sent = message_send(engine, parts, 2, fds, fd_count) == 0 || errno == EAGAIN;
	if (fds[0] >= 0)
		(void)close(fds[0]);
	return sent;
}

int main(void)
{
	unsigned int seed = 20261121;
	const char *other = getenv("CAISSON_FUZZ_SEED");

	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0) {
		tap_skip("needs root and /bin/busybox", "random requests");
		return tap_done();
	}
	if (other != NULL)
		seed = (unsigned int)strtoul(other, NULL, 10);
	srand(seed);
	shim_start_new(&shim, "lasting");
	engine = engine_greet(&shim);
	for (unsigned int i = 0; i < ROUNDS; i++) {
		if (!send_any())
			reconnect();
		else if (i % 8 == 0)
			take_answers();
	}
	take_answers();
	tap_ok(answers > ROUNDS / 4, "%u answers, %u connections refused (seed %u)", answers, refused_connections, seed);
	(void)close(engine);
	engine = engine_greet(&shim);
	tap_ok(true, "the shim still serves");
	(void)close(engine);
	shim_stop(&shim);
	return tap_done();
}
