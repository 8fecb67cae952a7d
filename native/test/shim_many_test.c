/* SPDX-License-Identifier: Apache-2.0 */
/* Many containers at once: none is lost, nothing is left, and the hundredth costs what the first did. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

#define MANY 500u

static struct shim_process shim;
static int engine;
static struct answer answer;
static char freezer[256];

static void plan_of(struct plan_builder *plan, unsigned int number, const char *script)
{
	char text[300];

	shell_init(plan, 0, script);
	(void)snprintf(text, sizeof(text), "%s-%u", freezer, number);
	shell_cgroup(plan, text);
	(void)snprintf(text, sizeof(text), "container-%u", number);
	builder_put(plan, E_ID, "s", text);
	builder_put(plan, E_BLOB, "b", text, strlen(text));
}

static unsigned int rss_kib(pid_t pid)
{
	char path[64];
	char text[4096];
	unsigned int kib = 0;
	const char *at;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	need(read_text(path, text, sizeof(text)), "status");
	at = strstr(text, "RssAnon:");
	need(at != NULL && sscanf(at, "RssAnon: %u", &kib) == 1, "RssAnon");
	return kib;
}

static void start_all(void)
{
	struct plan_builder plan;

	for (unsigned int i = 1; i <= MANY; i++) {
		plan_of(&plan, i, "exec sleep 1000");
		engine_launch(engine, i, &plan, NULL, 0);
	}
	for (unsigned int i = 1; i <= MANY; i++) {
		engine_receive(engine, &answer);
		need(answer.header.type == MSG_STARTED, "STARTED, not %u", answer.header.type);
	}
	tap_number(count_children(shim.pid), MANY, "all of them run");
}

static void list_all(void)
{
	unsigned int held = 0;
	bool ordered = true;

	/* Nothing is read for a while: the list must not be queued as a whole. */
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	(void)usleep(100000);
	for (engine_receive(engine, &answer); answer.header.type == MSG_HELD; engine_receive(engine, &answer))
		ordered = ordered && answer.header.tag == ++held;
	tap_ok(held == MANY && ordered && answer.header.type == MSG_LIST_END, "LIST tells %u, the oldest first", held);
}

/* A short-lived one beside the many, in microseconds. */
static double one_more(unsigned int tag)
{
	struct plan_builder plan;
	struct timespec before, after;

	plan_of(&plan, tag, "true");
	(void)clock_gettime(CLOCK_MONOTONIC, &before);
	engine_launch(engine, tag, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, tag, &answer);
	engine_expect(engine, MSG_EXITED, tag, &answer);
	(void)clock_gettime(CLOCK_MONOTONIC, &after);
	engine_ask(engine, MSG_CLEAN, tag, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, tag, &answer);
	return (double)(after.tv_sec - before.tv_sec) * 1e6 + (double)(after.tv_nsec - before.tv_nsec) / 1e3;
}

static double best_of(unsigned int rounds)
{
	double best = 1e9;

	for (unsigned int i = 0; i < rounds; i++) {
		double took = one_more(100000 + i);

		best = took < best ? took : best;
	}
	return best;
}

static void stop_all(void)
{
	unsigned int exited = 0, signalled = 0, cleaned = 0;

	for (unsigned int i = 1; i <= MANY; i++)
		engine_ask_u32(engine, MSG_SIGNAL, i, SIGKILL);
	while (exited + signalled < 2 * MANY) {
		engine_receive(engine, &answer);
		exited += answer.header.type == MSG_EXITED;
		signalled += answer.header.type == MSG_SIGNALLED;
	}
	for (unsigned int i = 1; i <= MANY; i++)
		engine_ask(engine, MSG_CLEAN, i, NULL, 0, NULL, 0);
	while (cleaned < MANY) {
		engine_expect(engine, MSG_CLEANED, answer.header.type == MSG_CLEANED ? answer.header.tag + 1 : 1, &answer);
		cleaned += answer_u32(&answer, 0) == 0;
	}
	tap_ok(exited == MANY && cleaned == MANY, "all have ended and are cleaned");
}

int main(void)
{
	unsigned int descriptors, before_kib, with_kib;
	double alone, among_many;
	char last[300];

	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0 || cgroup_name("freezer", "f", freezer) == NULL) {
		tap_skip("needs root, /bin/busybox and the v1 freezer", "many containers");
		return tap_done();
	}
	shim_start_new(&shim, "lasting");
	engine = engine_greet(&shim);
	alone = best_of(50);
	engine_settle(engine);
	descriptors = count_descriptors(shim.pid);
	before_kib = rss_kib(shim.pid);
	start_all();
	with_kib = rss_kib(shim.pid);
	list_all();
	among_many = best_of(50);
	tap_number(count_descriptors(shim.pid) - descriptors, MANY, "one descriptor for each container");
	stop_all();
	engine_settle(engine);
	tap_number(count_descriptors(shim.pid), descriptors, "descriptors of the shim as before");
	tap_number(count_children(shim.pid), 0, "no children");
	(void)snprintf(last, sizeof(last), "%s-%u", freezer, MANY);
	tap_ok(!exists(last), "no cgroups");
	tap_note("a container's run takes %.0f us alone, %.0f us beside %u; %.1f KiB of memory for each", alone, among_many, MANY,
		 (double)(with_kib - before_kib) / MANY);
	(void)close(engine);
	shim_stop(&shim);
	return tap_done();
}
