/* SPDX-License-Identifier: Apache-2.0 */
/* How a shim starts, and why it does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/engine.h"
#include "support/machine.h"
#include "support/need.h"
#include "support/tap.h"

static void is_hardened(pid_t pid)
{
	char path[64];
	char text[4096] = "";
	ssize_t length;

	(void)snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
	need(read_text(path, text, sizeof(text)), "comm");
	tap_is(text, "caisson-shim\n", "its name");
	(void)snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
	length = readlink(path, text, sizeof(text) - 1);
	need(length > 0, "exe");
	text[length] = '\0';
	tap_has(text, "/memfd:", "it runs from a memfd");
	(void)snprintf(path, sizeof(path), "/proc/%d/fd/77", (int)pid);
	tap_ok(!exists(path), "an inherited descriptor is closed");
	tap_ok(getsid(pid) == pid, "a session of its own");
}

static void starts(void)
{
	struct shim_process shim;
	char path[300];
	struct stat status;

	need(dup2(0, 77) == 77, "a descriptor to be inherited");
	shim_start_new(&shim, "lasting");
	(void)close(77);
	is_hardened(shim.pid);
	tap_ok(stat(shim.root, &status) == 0 && (status.st_mode & 07777) == 0700, "the root is made with mode 0700");
	(void)snprintf(path, sizeof(path), "%s/shim.sock", shim.root);
	tap_ok(stat(path, &status) == 0 && S_ISSOCK(status.st_mode) && (status.st_mode & 077) == 0, "the socket is private");
	shim_stop(&shim);
}

static void only_one(void)
{
	struct shim_process shim, second;
	char running[64];

	shim_start_new(&shim, "lasting");
	tap_ok(!shim_start(&second, "tied", shim.root), "a second shim on the same root does not start");
	(void)snprintf(running, sizeof(running), "already running pid %d", (int)shim.pid);
	tap_has(second.line, running, "it says who is there");
	tap_number(WEXITSTATUS(shim_wait(&second)), 1, "its status");
	shim_stop(&shim);
}

static void refuses(const char *root, const char *why)
{
	struct shim_process shim;

	tap_ok(!shim_start(&shim, "tied", root), "no start on %s", root);
	tap_has(shim.line, "failed ", "it says so");
	tap_has(shim.line, why, "and why");
	tap_number(WEXITSTATUS(shim_wait(&shim)), 1, "its status");
}

static void bad_roots(void)
{
	char root[256];

	refuses("relative/path", "absolute");
	root_make(root);
	write_text(root, "a file");
	refuses(root, "could not open the root directory");
	need(unlink(root) == 0 && mkdir(root, 0700) == 0 && chmod(root, 0770) == 0, "a writable directory");
	refuses(root, "writable by others");
	need(chmod(root, 0700) == 0 && chown(root, 1, 1) == 0, "a stranger's directory");
	refuses(root, "belongs to uid 1");
	root_discard(root);
}

static void bad_usage(void)
{
	struct shim_process shim;
	char root[256];

	root_make(root);
	tap_ok(!shim_start(&shim, "immortal", root), "an unknown mode");
	tap_number(WEXITSTATUS(shim_wait(&shim)), 64, "its status");
	tap_ok(!exists(root), "nothing was made");
	root_discard(root);
}

static void long_root(void)
{
	struct shim_process shim;
	char root[256];
	size_t length;

	root_make(root);
	length = strlen(root);
	need(mkdir(root, 0755) == 0, "a directory");
	root[length] = '/';
	memset(root + length + 1, 'x', 180);
	root[length + 181] = '\0';
	tap_ok(shim_start(&shim, "tied", root), "a root whose socket's path is longer than sun_path: %s", shim.line);
	(void)close(engine_greet(&shim)); /* tied: that is its end */
	tap_ok(shim_wait(&shim) == 0, "it ends with the engine");
	tap_ok(!exists(root), "its root is gone");
	root[length] = '\0';
	root_discard(root);
}

int main(void)
{
	if (geteuid() != 0) {
		tap_skip("needs root", "the shim starts");
		return tap_done();
	}
	starts();
	only_one();
	bad_roots();
	bad_usage();
	long_root();
	return tap_done();
}
