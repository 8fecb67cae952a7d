/* SPDX-License-Identifier: Apache-2.0 */
/* caisson-init in front of the process (PLAN_INIT_REAPER): what it does, and what is seen of it. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "support/container.h"

static struct plan_builder builder;

static const struct sock_filter ALLOW[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};

static void reapers(void)
{
	struct launcher launcher;

	/* The shell is pid 2; an orphan is reaped. */
	busybox_plan(&builder, PLAN_INIT_REAPER, "echo $$; (sleep 0.1 & ) ; sleep 0.3; ps -o pid,comm | grep -c sleep; exit 7");
	builder_put(&builder, E_USER, "s", "alice");
	const struct launch_result *result = container_run(&builder);
	tap_is(result->output, "2\n0\n", "an init in front reaps");
	tap_number(WIFEXITED(result->status) ? WEXITSTATUS(result->status) : -1, 7, "... and ends with the exit code");
	busybox_plan(&builder, PLAN_INIT_REAPER, "trap 'echo told; exit 5' TERM; kill -TERM 1; sleep 5 & wait");
	result = container_run(&builder);
	tap_is(result->output, "told\n", "an init in front passes signals on");
	/* Among them what a terminal sends, and the real-time signals that one C library or the other keeps to itself. */
	busybox_plan(&builder, PLAN_INIT_REAPER,
		     "for s in 1 2 3 10 18 20 21 22 28 34 35 64; do trap \"echo $s\" $s; kill -$s 1; sleep 5 & wait; done");
	container_prints(&builder, "1\n2\n3\n10\n18\n20\n21\n22\n28\n34\n35\n64\n", "... all of them");
	busybox_plan(&builder, PLAN_INIT_REAPER, "kill -KILL $$");
	result = container_run(&builder);
	tap_number(WIFEXITED(result->status) ? WEXITSTATUS(result->status) : -1, 128 + SIGKILL, "... and tells of a signal");
	busybox_plan(&builder, PLAN_INIT_REAPER, "true");
	builder_put(&builder, E_CWD, "s", "/absent");
	container_fails(&builder, PHASE_CWD, ENOENT, "/absent");
	busybox_plan(&builder, PLAN_INIT_REAPER | PLAN_TTY, "tty; ps -o pid,tty | grep -c 136,0; stty size; echo x > /dev/tty && echo leads; read line; echo got $line");
	builder_mount(&builder, "devpts", "/dev/pts", "newinstance,ptmxmode=0666,mode=0620,gid=5", 0);
	builder_put(&builder, E_CONSOLE_SIZE, "uu", 40, 100);
	launcher_init(&launcher, &builder);
	launcher.input = "typed\n";
	result = container_launch(&launcher);
	tap_has(result->output, "/dev/pts/0\r\n", "a terminal behind an init");
	tap_has(result->output, "leads\r\n", "... controls its session");
}

/* What a process of the container sees of the init in front of it. */
static void look_of_reaper(void)
{
	busybox_plan(&builder, PLAN_INIT_REAPER | PLAN_NO_NEW_PRIVS,
		     "tr '\\0' ' ' < /proc/1/cmdline | cut -c 1-24; cat /proc/1/comm; cmp -s /proc/1/environ /proc/$$/environ && echo same; "
		     "ls /proc/1/fd | wc -l; grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/1/status; ulimit -n; "
		     "grep 'open files' /proc/1/limits | tr -s ' '");
	builder_put(&builder, E_RLIMIT, "uUU", RLIMIT_NOFILE, UINT64_C(77), UINT64_C(77));
	builder_put(&builder, E_SECCOMP, "ub", 0, ALLOW, sizeof ALLOW);
	builder_put(&builder, E_CAPS, "UUUUU", UINT64_C(0), UINT64_C(0), UINT64_C(0), UINT64_C(0), UINT64_C(0));
	container_prints(&builder, "caisson-init -- sh -c tr\ncaisson-init\nsame\n0\nCapEff:\t0000000000000000\n"
				   "NoNewPrivs:\t1\nSeccomp:\t2\n77\nMax open files 77 77 files \n",
			 "an init in front says what it is, has no descriptors, and is confined as its process is");
	/* A page or two for each of stack, data and what the loader writes. */
	busybox_plan(&builder, PLAN_INIT_REAPER,
		     "read -r _ kilobytes _ <<TEXT\n$(grep RssAnon /proc/1/status)\nTEXT\n"
		     "[ $kilobytes -le 64 ] && echo small || grep Rss /proc/1/status");
	container_prints(&builder, "small\n", "... and has hardly any memory of its own");
	busybox_plan(&builder, PLAN_INIT_REAPER, "echo x 2>/dev/null >> /proc/1/exe || echo refused");
	container_prints(&builder, "refused\n", "... whose executable cannot be written to");
}

int main(void)
{
	if (!container_begin())
		return tap_done();
	reapers();
	look_of_reaper();
	return container_end();
}
