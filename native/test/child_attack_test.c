/* SPDX-License-Identifier: Apache-2.0 */
/* What container runtimes have been attacked with. Each attempt must fail, or stay inside the container. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/container.h"
#include "support/swapper.h"

#define NAMESPACES (CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET)

static struct plan_builder builder;

static void start(uint32_t flags, const char *script)
{
	busybox_bare_plan(&builder, PLAN_INIT, flags | PLAN_NEW_ROOT, script);
	builder_put(&builder, E_NS_NEW, "u", NAMESPACES);
	builder_put(&builder, E_ROOT_BIND, "s", sandbox_path("root"));
}

/* CVE-2024-21626: a working directory that is a descriptor of the host's. */
static void working_directories(void)
{
	unsigned int escaped = 0, started = 0;

	for (int fd = 0; fd < 40; fd++) {
		char path[64];

		snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
		start(0, "pwd; ls");
		builder_mount(&builder, "proc", "/proc", "", 0);
		builder_put(&builder, E_CWD, "s", path);
		const struct launch_result *result = container_run(&builder);
		started += result->started;
		escaped += result->started && strncmp(result->output, "/\nbin\n", 6) != 0;
	}
	tap_number(escaped, 0, "no descriptor is a way out for the working directory");
	tap_ok(started <= 2, "... nearly all are refused (%u led to the container's own root)", started);
}

/* CVE-2026-41579: /dev is a link. */
static void links_for_dev(void)
{
	sandbox_directory("victim");
	(void)rmdir(sandbox_path("root/dev"));
	sandbox_link("../../victim", "root/dev");
	start(PLAN_DEV_SETUP, "ls /victim");
	builder_put(&builder, E_DEVICE, "suuuuuu", "/dev/null", 'c', 1, 3, 0666, 0, 0);
	container_prints(&builder, "fd\nnull\nptmx\nstderr\nstdin\nstdout\n",
			 "a /dev that leads out of the root stays in it");
	tap_ok(rmdir(sandbox_path("victim")) == 0, "... nothing was made outside");
	(void)unlink(sandbox_path("root/dev"));
	sandbox_directory("root/dev");
}

/* CVE-2019-19921: /proc is a link, so that the masks would go astray. */
static void links_for_proc(void)
{
	(void)rmdir(sandbox_path("root/proc"));
	sandbox_link("tmp", "root/proc");
	start(0, "true");
	builder_mount(&builder, "proc", "/proc", "", 0);
	container_fails(&builder, PHASE_MOUNT, ELOOP, "mount proc at /proc, which must be a directory without links in its path");
	(void)unlink(sandbox_path("root/proc"));
	sandbox_directory("root/proc");
}

/* CVE-2025-31133, CVE-2025-52881: what hides a path must not be the container's. */
static void false_null(void)
{
	sandbox_file("secret", "secret of the host\n", 0644);
	(void)unlink(sandbox_path("root/dev/null"));
	sandbox_link("/proc/sysrq-trigger", "root/dev/null");
	start(0, "stat -c '%t:%T' /proc/version");
	builder_mount(&builder, "proc", "/proc", "", 0);
	builder_put(&builder, E_MASK, "s", "/proc/version");
	container_prints(&builder, "1:3\n", "a false /dev/null hides nothing");
	(void)unlink(sandbox_path("root/dev/null"));
}

/* A passwd file that is a link to the host's. */
static void links_for_files(void)
{
	sandbox_link("../../../../../../../../etc/shadow", "root/etc/hosts");
	start(0, "cat /etc/hosts; cat /etc/shadow");
	builder_content(&builder, "mine\n", "/etc/hosts", 0644);
	container_prints(&builder, "mine\nmine\n", "a mounted file goes to the link's target inside");
	(void)unlink(sandbox_path("root/etc/hosts"));
	(void)unlink(sandbox_path("root/etc/shadow"));
}

/* CVE-2021-30465, CVE-2024-45310: the root is changed while mounts are made in it. */
static void races(void)
{
	unsigned int started = 0, inside = 0;

	swapper_start();
	for (int i = 0; i < 300; i++) {
		start(PLAN_DEV_SETUP, "cut -d' ' -f5 /proc/self/mountinfo | grep -c -e ^/swap/ -e ^/victim");
		builder_mount(&builder, "proc", "/proc", "", 0);
		builder_mount(&builder, "tmpfs", "/swap/target/a/b", "", 0);
		builder_content(&builder, "mine\n", "/swap/target/file", 0644);
		builder_put(&builder, E_DEVICE, "suuuuuu", "/swap/target/null", 'p', 1, 3, 0666, 0, 0);
		const struct launch_result *result = container_run(&builder);
		started += result->started;
		inside += result->started && strcmp(result->output, "2\n") == 0;
		char command[512];
		snprintf(command, sizeof command, "rm -rf %s %s %s 2>/dev/null", sandbox_path("root/victim"),
			 sandbox_path("root/swap/target/null"), sandbox_path("root/swap/link/null"));
		(void)!system(command);
	}
	swapper_stop();
	tap_ok(started > 0 && inside == started, "mounts stay inside while their targets are exchanged for links (%u of 300 started)",
	       started);
	tap_ok(rmdir(sandbox_path("victim")) == 0, "... nothing was made outside");
}

/* The scratch filesystems of a root must not be found from inside. */
static void leftovers(void)
{
	start(0, "grep -c . /proc/self/mountinfo; ls /proc/1/root/..; ls /..; cd -P /proc/1/cwd && pwd");
	builder_mount(&builder, "proc", "/proc", "", 0);
	builder_content(&builder, "mine\n", "/etc/hosts", 0644);
	container_prints(&builder, "3\nbin\ndev\netc\nproc\nswap\ntmp\nbin\ndev\netc\nproc\nswap\ntmp\n/\n", "\"..\" of / leads nowhere");
}

static void remember(pid_t pid, void *context)
{
	(void)!write(*(int *)context, &pid, sizeof pid);
	(void)pause();
}

/* A shim that is killed takes its containers along. */
static void dead_shims(uint32_t flags, bool user_namespace, const char *text)
{
	int ends[2], pidfd, status;
	struct launcher launcher;
	pid_t shim, init = 0;
	struct pollfd ended;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	start(flags, "exec sleep 100");
	if (user_namespace) {
		builder_free(&builder);
		busybox_bare_plan(&builder, PLAN_INIT, flags | PLAN_NEW_ROOT, "exec sleep 100");
		builder_put(&builder, E_NS_NEW, "u", NAMESPACES | CLONE_NEWUSER);
		builder_put(&builder, E_ROOT_BIND, "s", sandbox_path("root"));
		builder_put(&builder, E_UID_MAP, "nuuu", 1, 0, 200000, 2000);
		builder_put(&builder, E_GID_MAP, "nuuu", 1, 0, 200000, 2000);
	}
	builder_put(&builder, E_IDENTITY, "uu", 1000, 1000);
	launcher_init(&launcher, &builder);
	launcher.on_started = remember;
	launcher.context = &ends[1];
	(void)fflush(stdout);
	shim = fork();
	if (shim == 0) {
		(void)launcher_run(&launcher);
		_exit(0);
	}
	builder_free(&builder);
	(void)!read(ends[0], &init, sizeof init);
	pidfd = (int)syscall(SYS_pidfd_open, init, 0);
	(void)kill(shim, SIGKILL);
	(void)waitpid(shim, &status, 0);
	ended = (struct pollfd){.fd = pidfd, .events = POLLIN};
	tap_number(poll(&ended, 1, 10000), 1, text);
	while (waitpid(-1, &status, 0) > 0)
		;
	(void)close(pidfd);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

int main(void)
{
	if (!container_begin())
		return tap_done();
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	working_directories();
	links_for_dev();
	links_for_proc();
	false_null();
	links_for_files();
	races();
	leftovers();
	dead_shims(0, false, "a container dies with its shim, whoever its user is");
	dead_shims(PLAN_INIT_REAPER, false, "... with an init in front");
	dead_shims(0, true, "... in a user namespace");
	return container_end();
}
