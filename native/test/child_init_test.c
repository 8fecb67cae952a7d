/* SPDX-License-Identifier: Apache-2.0 */
/* A container's first process, from a plan to what a shell sees inside. Needs root. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/busybox.h"
#include "support/launcher.h"
#include "support/leaks.h"
#include "support/sandbox.h"
#include "support/tap.h"

static const struct launch_result *run(struct plan_builder *builder)
{
	struct launcher launcher;
	const struct launch_result *result;

	launcher_init(&launcher, builder);
	result = launcher_run(&launcher);
	if (!result->started)
		tap_note("failed in phase %u, errno %d: %s", result->failed.phase, result->failed.error, result->text);
	builder_free(builder);
	return result;
}

static void plain(void)
{
	struct plan_builder builder;

	busybox_plan(&builder, 0, "echo $$; hostname; ls -1 /; cat /etc/hosts; readlink /proc/self/ns/mnt >/dev/null && echo ok");
	builder_put(&builder, E_HOSTNAME, "s", "box");
	builder_content(&builder, "127.0.0.1 localhost\n", "/etc/hosts", 0644);
	const struct launch_result *result = run(&builder);
	tap_is(result->output, "1\nbox\nbin\ndev\netc\nproc\ntmp\n127.0.0.1 localhost\nok\n", "a shell in a root of its own");
	tap_number(result->status, 0, "... ends well");
}

static void mounts_of_its_own(void)
{
	struct plan_builder builder;

	busybox_plan(&builder, 0, "cat /proc/self/mountinfo | cut -d' ' -f5,6");
	const struct launch_result *result = run(&builder);
	tap_is(result->output, "/ rw,relatime\n/proc rw,nosuid,nodev,noexec,relatime\n/dev rw,nosuid,relatime\n",
	       "nothing of the host's mounts is left");
}

int main(void)
{
	if (geteuid() != 0 || !busybox_available()) {
		tap_skip("needs root and /bin/busybox, static", "containers");
		return tap_done();
	}
	sandbox_make();
	busybox_root();
	leaks_note();
	plain();
	mounts_of_its_own();
	leaks_check();
	sandbox_remove();
	return tap_done();
}
