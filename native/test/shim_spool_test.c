/* SPDX-License-Identifier: Apache-2.0 */
/* Output and input in lasting mode. */
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/shell_plan.h"
#include "support/tap.h"

#define MANY (100ull << 20)

static struct shim_process shim;
static int engine;
static struct answer answer;
static bool exited; /* EXITED came already */
static char directory[270], out_path[300], err_path[300];

static void start(struct plan_builder *plan)
{
	shell_stdio(plan, 1, STDIO_SPOOL, 0, out_path);
	shell_stdio(plan, 2, STDIO_SPOOL, 0, err_path);
	engine_launch(engine, 1, plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
}

static void await_exit(void)
{
	if (!exited)
		engine_expect(engine, MSG_EXITED, 1, &answer);
	exited = false;
}

static void clean(void)
{
	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
	tap_ok(answer_u32(&answer, 0) == 0 && !exists(out_path) && !exists(err_path), "cleaned, the spools are gone");
}

/* TAKE: *out and *err are the spools for reading, *in the kept stdin or -1. */
static void take(int *in, int *out, int *err, int *master)
{
	int *const wanted[4] = {in, out, err, master};
	unsigned int next = 0;
	uint32_t mask;

	engine_ask(engine, MSG_TAKE, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_TAKEN, 1, &answer);
	mask = answer_u32(&answer, 0);
	for (unsigned int i = 0; i < 4; i++) {
		int fd = (mask & (1u << i)) != 0 ? answer.fds[next++] : -1;

		if (wanted[i] != NULL)
			*wanted[i] = fd;
		else if (fd >= 0)
			(void)close(fd);
	}
	need(next == answer.fd_count, "as many descriptors as bits");
}

/* The next GREW; EXITED may come before it. */
static uint64_t grew(uint32_t stream, bool *ended)
{
	engine_receive(engine, &answer);
	if (answer.header.type == MSG_EXITED && !exited) {
		exited = true;
		engine_receive(engine, &answer);
	}
	need(answer.header.type == MSG_GREW && answer_u32(&answer, 0) == stream, "GREW of stream %u, not message %u", stream,
	     answer.header.type);
	*ended = answer_u32(&answer, 4) != 0;
	return answer_u64(&answer, 8);
}

static void small(void)
{
	struct plan_builder plan;
	char text[64] = "";
	bool ended;
	int out, err;

	shell_init(&plan, 0, "printf 'no newline'; printf error >&2; exec sleep 1000");
	start(&plan);
	engine_follow(engine, 1, 1, 0);
	tap_number((long long)grew(1, &ended), 10, "GREW says how much there is");
	engine_follow(engine, 1, 2, 0);
	tap_number((long long)grew(2, &ended), 5, "of each stream");
	tap_ok(!ended, "it has not ended");
	take(NULL, &out, &err, NULL);
	tap_ok(read(out, text, sizeof(text)) == 10 && memcmp(text, "no newline", 10) == 0, "the spool has it");
	tap_ok(read(err, text, sizeof(text)) == 5 && memcmp(text, "error", 5) == 0, "that of stderr, too");
	tap_ok(write(out, "x", 1) < 0, "it is for reading only");
	engine_follow(engine, 1, 1, 10); /* answered when it ends */
	engine_ask_u32(engine, MSG_SIGNAL, 1, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 1, &answer);
	tap_ok(grew(1, &ended) == 10 && ended, "GREW at the end of the stream, before EXITED");
	await_exit();
	engine_follow(engine, 1, 2, 5);
	tap_ok(grew(2, &ended) == 5 && ended, "after EXITED an answer comes at once");
	(void)close(out);
	(void)close(err);
	clean();
}

/* Reads what is new, checks that it goes on where it ended, and says so to the shim, which frees it. */
static void follow_all(int out, uint64_t *largest)
{
	static unsigned char bytes[1 << 20];
	uint64_t offset = 0;
	uint64_t number = 0;
	bool ended = false;
	bool right = true;

	while (!ended || offset < MANY) {
		uint64_t size;
		struct stat status;

		engine_follow(engine, 1, 1, offset);
		size = grew(1, &ended);
		while (offset < size) {
			ssize_t length = pread(out, bytes, sizeof(bytes), (off_t)offset);

			need(length > 0, "read the spool at %llu", (unsigned long long)offset);
			/* The script writes an endless "0123456789\n". */
			for (ssize_t i = 0; i < length; i++, number++)
				right = right && bytes[i] == "0123456789\n"[number % 11];
			offset += (uint64_t)length;
		}
		need(fstat(out, &status) == 0, "stat");
		if ((uint64_t)status.st_blocks * 512 > *largest)
			*largest = (uint64_t)status.st_blocks * 512;
	}
	tap_number((long long)offset, (long long)MANY, "all bytes have come");
	tap_ok(right, "and they are what was written");
}

static void large(void)
{
	struct plan_builder plan;
	struct stat status;
	uint64_t largest = 0;
	int out;

	shell_init(&plan, 0, "yes 0123456789 | head -c 104857600");
	start(&plan);
	take(NULL, &out, NULL, NULL);
	follow_all(out, &largest);
	await_exit();
	engine_follow(engine, 1, 1, MANY);
	engine_expect(engine, MSG_GREW, 1, &answer);
	engine_ask(engine, MSG_LIST, 0, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_HELD, 1, &answer);
	need(fstat(out, &status) == 0, "stat");
	tap_ok(status.st_size == (off_t)MANY && status.st_blocks * 512 < 1 << 20, "what was consumed is freed (%lld KiB are left)",
	       (long long)status.st_blocks / 2);
	tap_ok(answer_u64(&answer, offsetof(struct msg_held, spooled)) == MANY &&
		       answer_u64(&answer, offsetof(struct msg_held, consumed)) == MANY,
	       "LIST tells size and what was consumed");
	engine_expect(engine, MSG_EXITED, 1, &answer);
	engine_expect(engine, MSG_LIST_END, 0, &answer);
	(void)close(out);
	clean();
}

/* The disk is full: nothing is lost, the writer waits, and goes on when space is freed by FOLLOW. */
static void full_disk(void)
{
	struct plan_builder plan;
	char mount_point[280];
	static char bytes[65536];
	uint64_t offset = 0;
	bool ended = false;
	bool right = true;
	int out;

	(void)snprintf(mount_point, sizeof(mount_point), "%s/full", directory);
	need(mkdir(mount_point, 0700) == 0 && mount("tmpfs", mount_point, "tmpfs", 0, "size=256k") == 0, "a small filesystem");
	(void)snprintf(out_path, sizeof(out_path), "%s/out", mount_point);
	shell_init(&plan, 0, "yes 0123456789 | head -c 1000000");
	start(&plan);
	take(NULL, &out, NULL, NULL);
	while (!ended) {
		uint64_t size;

		engine_follow(engine, 1, 1, offset);
		size = grew(1, &ended);
		while (offset < size) {
			ssize_t length = pread(out, bytes, sizeof(bytes), (off_t)offset);

			need(length > 0, "read");
			for (ssize_t i = 0; i < length; i++, offset++)
				right = right && bytes[i] == "0123456789\n"[offset % 11];
		}
	}
	tap_ok(offset == 1000000 && right, "%llu bytes went through a spool of 256 KiB", (unsigned long long)offset);
	await_exit();
	(void)close(out);
	clean();
	need(umount(mount_point) == 0 && rmdir(mount_point) == 0, "unmount");
	(void)snprintf(out_path, sizeof(out_path), "%s/out", directory);
}

/* Nobody follows: EXITED waits for the output, and space that somebody else frees lets it come. */
static void full_disk_freed_by_others(void)
{
	struct plan_builder plan;
	char mount_point[280], ballast[400];

	(void)snprintf(mount_point, sizeof(mount_point), "%s/full", directory);
	need(mkdir(mount_point, 0700) == 0 && mount("tmpfs", mount_point, "tmpfs", 0, "size=256k") == 0, "a small filesystem");
	(void)snprintf(out_path, sizeof(out_path), "%s/out", mount_point);
	(void)snprintf(ballast, sizeof(ballast), "dd if=/dev/zero of=%s/ballast bs=1k count=220 2>/dev/null", mount_point);
	need(system(ballast) == 0, "ballast");
	shell_init(&plan, 0, "yes 0123456789 | head -c 60000");
	start(&plan);
	(void)snprintf(ballast, sizeof(ballast), "%s/ballast", mount_point);
	need(unlink(ballast) == 0, "space");
	await_exit();
	engine_follow(engine, 1, 1, 0);
	engine_expect(engine, MSG_GREW, 1, &answer);
	tap_number((long long)answer_u64(&answer, 8), 60000, "all output is there at EXITED");
	clean();
	need(umount(mount_point) == 0 && rmdir(mount_point) == 0, "unmount");
	(void)snprintf(out_path, sizeof(out_path), "%s/out", directory);
}

static void kept_stdin(void)
{
	struct plan_builder plan;
	bool ended;
	int in;

	shell_init(&plan, 0, "cat; echo end");
	shell_stdio(&plan, 0, STDIO_KEPT, 0, "");
	start(&plan);
	take(&in, NULL, NULL, NULL);
	need(write(in, "hello\n", 6) == 6, "write");
	engine_follow(engine, 1, 1, 0);
	tap_number((long long)grew(1, &ended), 6, "what is written to the kept stdin comes back");
	(void)close(in);
	engine_ask(engine, MSG_CLOSE_STDIN, 1, NULL, 0, NULL, 0);
	await_exit();
	engine_ask(engine, MSG_CLOSE_STDIN, 1, NULL, 0, NULL, 0);
	engine_follow(engine, 1, 1, 6);
	tap_number((long long)grew(1, &ended), 10, "and it ends when it is closed");
	clean();
}

/* One that is left behind keeps the pipe: EXITED does not wait for it, and its output comes, too. */
static void survivor(void)
{
	struct plan_builder plan;
	bool ended;
	uint64_t size;

	shell_init(&plan, 0, "exec sleep 1000");
	engine_launch(engine, 2, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 2, &answer);
	shell_exec(&plan, 2, "(sleep 0.3; echo later) & echo now");
	start(&plan);
	await_exit();
	engine_follow(engine, 1, 1, 0);
	size = grew(1, &ended);
	tap_ok(size == 4 && !ended, "EXITED comes, the stream has not ended");
	engine_follow(engine, 1, 1, 4);
	size = grew(1, &ended); /* the answer at once */
	while (!ended) {
		engine_follow(engine, 1, 1, 4);
		size = grew(1, &ended);
	}
	tap_number((long long)size, 10, "what the survivor writes later is there");
	clean();
	engine_ask_u32(engine, MSG_SIGNAL, 2, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 2, &answer);
	engine_expect(engine, MSG_EXITED, 2, &answer);
	engine_ask(engine, MSG_CLEAN, 2, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 2, &answer);
}

static void terminal(void)
{
	struct plan_builder plan;
	char text[64] = "";
	bool ended = false;
	int master, out;

	shell_init(&plan, PLAN_TTY, "tty >/dev/null && read x && echo got $x");
	shell_stdio(&plan, 1, STDIO_SPOOL, 0, out_path);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	tap_number(answer.fd_count, 1, "the master comes with STARTED");
	(void)close(answer.fds[0]);
	take(NULL, &out, NULL, &master);
	need(master >= 0 && write(master, "it\n", 3) == 3, "write to the terminal");
	await_exit();
	engine_follow(engine, 1, 1, 0);
	(void)grew(1, &ended);
	tap_ok(ended, "a terminal's stream ends with its process");
	tap_ok(read(out, text, sizeof(text) - 1) > 0, "there is output");
	tap_is(text, "it\r\ngot it\r\n", "the shim spooled what the terminal showed");
	(void)close(out);
	(void)close(master);
	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
}

/* One that writes without end does not keep the shim from others. */
static void flood(uint32_t flags)
{
	struct plan_builder plan;

	shell_init(&plan, flags, "yes");
	shell_stdio(&plan, 1, STDIO_SPOOL, 0, out_path);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_STARTED, 1, &answer);
	if (answer.fd_count > 0)
		(void)close(answer.fds[0]);
	for (int i = 0; i < 20; i++)
		engine_settle(engine);
	engine_ask_u32(engine, MSG_SIGNAL, 1, SIGKILL);
	engine_expect(engine, MSG_SIGNALLED, 1, &answer);
	await_exit();
	tap_ok(true, "requests are answered, and it ends");
	engine_ask(engine, MSG_CLEAN, 1, NULL, 0, NULL, 0);
	engine_expect(engine, MSG_CLEANED, 1, &answer);
}

/* A file that is there already is not touched. */
static void file_exists(void)
{
	struct plan_builder plan;

	write_text(out_path, "precious");
	shell_init(&plan, 0, "true");
	shell_stdio(&plan, 1, STDIO_SPOOL, 0, out_path);
	engine_launch(engine, 1, &plan, NULL, 0);
	engine_expect(engine, MSG_FAILED, 1, &answer);
	answer_check_failed(&answer, PHASE_STDIO, out_path);
	tap_ok(exists(out_path), "it is still there");
	(void)unlink(out_path);
}

int main(void)
{
	char before[4096];
	char after[4096];

	if (geteuid() != 0 || access("/bin/busybox", X_OK) != 0) {
		tap_skip("needs root and /bin/busybox", "spools");
		return tap_done();
	}
	shim_start_new(&shim, "lasting");
	(void)snprintf(directory, sizeof(directory), "%s/spools", shim.root);
	need(mkdir(directory, 0700) == 0, "a directory for spools");
	(void)snprintf(out_path, sizeof(out_path), "%s/out", directory);
	(void)snprintf(err_path, sizeof(err_path), "%s/err", directory);
	engine = engine_greet(&shim);
	survivor();
	engine_settle(engine);
	list_descriptors(shim.pid, before, sizeof(before));
	small();
	large();
	full_disk();
	full_disk_freed_by_others();
	kept_stdin();
	survivor();
	terminal();
	flood(0);
	flood(PLAN_TTY);
	file_exists();
	engine_settle(engine);
	list_descriptors(shim.pid, after, sizeof(after));
	tap_is(after, before, "descriptors of the shim as before");
	(void)close(engine);
	shim_stop(&shim);
	return tap_done();
}
