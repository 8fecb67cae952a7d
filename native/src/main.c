/* SPDX-License-Identifier: Apache-2.0 */
/*
 * caisson-shim: the parent of an engine's containers. Started by the engine with standard input /dev/null and standard
 * output a pipe, on which it prints one line, "ready <pid>" when its socket listens, or "failed <errno> <text>" before it
 * exits with 1; then it closes that. What they say to each other afterwards is in protocol.h.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"
#include "harden.h"
#include "log.h"
#include "outer_namespace.h"
#include "process.h"
#include "recover.h"
#include "seal.h"
#include "shim.h"
#include "signals.h"
#include "socket.h"
#include "starter.h"

#define EXIT_USAGE 64 /* EX_USAGE of sysexits.h */

static const char usage[] =
	"usage: caisson-shim tied|lasting|one-shot <root directory> [<uid map> <gid map> [<newuidmap> <newgidmap>]]\n"
	"       caisson-shim hold\n"
	"\n"
	"The parent process of a Caisson engine's containers. It is started by the engine, not by hand.\n"
	"\n"
	"  tied      ends, and kills and cleans all containers, when the engine's connection closes\n"
	"  lasting   goes on without an engine, and keeps output and exit statuses until one comes\n"
	"  one-shot  starts one container and ends, leaving it to its own parent\n"
	"  hold      does nothing until its input ends\n"
	"\n"
	"The root directory (absolute, mode 0700, made if it is not there) gets the socket shim.sock that the engine\n"
	"connects to, the log shim.log, and the records of the containers. SIGTERM ends the shim with all it holds.\n"
	"\n"
	"With maps (\"inside outside count ...\") it first enters a user namespace of its own, as an ordinary user's has to.\n";

/* False: that is no mode. */
static bool parse_mode(const char *text, enum shim_mode *mode)
{
	static const char *const names[] = {[MODE_TIED] = "tied", [MODE_LASTING] = "lasting", [MODE_ONE_SHOT] = "one-shot"};

	for (int i = MODE_TIED; i <= MODE_ONE_SHOT; i++) {
		if (strcmp(text, names[i]) == 0) {
			*mode = (enum shim_mode)i;
			return true;
		}
	}
	return false;
}

static int failed(const char *what)
{
	int error = errno;

	(void)printf("failed %d %s: %s\n", error, what, strerror(error));
	(void)fflush(stdout);
	return 1;
}

static int fail(char *what, size_t size, const char *text)
{
	(void)snprintf(what, size, "%s", text);
	return -1;
}

static int open_all(struct shim *shim, const char *path, int starter, char *what, size_t size)
{
	if (harden_process(shim, what, size) != 0 || root_open(&shim->root, path, what, size) != 0)
		return -1;
	if (root_open_log(&shim->root) != 0)
		return fail(what, size, "could not open the log in the root directory");
	if (loop_open(&shim->loop) != 0 || signals_open(shim) != 0)
		return fail(what, size, "could not make the event loop");
	if (starter_watch(shim, starter) != 0)
		return fail(what, size, "could not watch the process that started the shim");
	/* A one-shot shim's records are of containers that live on without it. */
	if (shim->mode != MODE_ONE_SHOT && recover(shim) != 0)
		return fail(what, size, "could not read the records of a former shim");
	if (socket_listen(shim) != 0)
		return fail(what, size, "could not listen on shim.sock in the root directory");
	return 0;
}

/* Nobody may be kept waiting for the end of our output, and nothing may write to the engine's by mistake. */
static int announce(const struct shim *shim)
{
	if (printf("ready %d\n", (int)getpid()) < 0 || fflush(stdout) != 0)
		return -1;
	return dup2(shim->null, STDIN_FILENO) < 0 || dup2(shim->null, STDOUT_FILENO) < 0 ? -1 : 0;
}

/* systemd makes a scope for a process only: this is in it until the container's is. */
static int hold(void)
{
	char byte;
	ssize_t count;

	do
		count = read(STDIN_FILENO, &byte, sizeof(byte));
	while (count > 0 || (count < 0 && errno == EINTR));
	return 0;
}

int main(int argc, char **argv)
{
	static struct shim shim = {.listener = {.fd = -1}, .signals = {.fd = -1}, .starter = {.fd = -1},
				   .spool_retry = {.timer = {.fd = -1}}, .null = -1, .reserve = -1, .pid_namespace = -1};
	char what[512];
	int starter;

	if (argc == 2 && strcmp(argv[1], "hold") == 0)
		return hold();
	if ((argc != 3 && argc != 5 && argc != 7) || !parse_mode(argv[1], &shim.mode)) {
		(void)fputs(usage, stderr);
		return EXIT_USAGE;
	}
	if (harden_descriptors() != 0)
		return failed("could not close inherited descriptors");
	if (seal_self(argv, what, sizeof(what)) != 0)
		return failed(what);
	if (argc > 3) {
		char **maps = argv + 3;

		(void)outer_namespace_enter((char *[]){argv[0], argv[1], argv[2], NULL}, maps, argc - 3, what, sizeof(what));
		return failed(what);
	}
	shim.in_user_namespace = outer_namespace_is_there();
	strays_init(&shim.strays);
	starter = shim.mode != MODE_LASTING ? starter_open() : -1;
	if (open_all(&shim, argv[2], starter, what, sizeof(what)) != 0)
		return failed(what);
	if (announce(&shim) != 0)
		log_error(errno, "say that the shim is ready");
	if (loop_run(&shim.loop) != 0) {
		log_error(errno, "wait for events, the shim ends");
		return 1;
	}
	if (shim.mode != MODE_ONE_SHOT)
		strays_kill();
	root_leave(&shim.root, shim.mode);
	return 0;
}
