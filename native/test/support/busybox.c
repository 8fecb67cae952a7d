/* SPDX-License-Identifier: Apache-2.0 */
#include "busybox.h"

#include <linux/sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

#include "sandbox.h"

#define BUSYBOX "/bin/busybox"

static const char *const APPLETS[] = {"cat", "chmod", "cut", "df", "dd", "echo", "env", "find", "grep", "head", "hostname",
				      "id", "ifconfig", "kill", "ls", "mkdir", "mount", "mv", "nice", "ps", "pwd", "readlink",
				      "rm", "sed", "sh", "sleep", "sort", "stat", "stty", "tail", "test", "touch", "tr",
				      "true", "tty", "umount", "uname", "wc"};

bool busybox_available(void)
{
	return access(BUSYBOX, X_OK) == 0;
}

void busybox_root(void)
{
	char command[512];

	sandbox_directory("root/bin");
	sandbox_directory("root/proc");
	sandbox_directory("root/dev");
	sandbox_directory("root/tmp");
	sandbox_file("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nalice:x:1000:100::/home/alice:/bin/sh\n", 0644);
	sandbox_file("root/etc/group", "root:x:0:\nusers:x:100:\nwheel:x:10:alice\n", 0644);
	snprintf(command, sizeof command, "cp %s %s", BUSYBOX, sandbox_path("root/bin/busybox"));
	if (system(command) != 0)
		exit(1);
	for (size_t i = 0; i < sizeof APPLETS / sizeof APPLETS[0]; i++) {
		snprintf(command, sizeof command, "root/bin/%s", APPLETS[i]);
		sandbox_link("busybox", command);
	}
}

void busybox_bare_plan(struct plan_builder *builder, enum plan_kind kind, uint32_t flags, const char *script)
{
	builder_start(builder, kind, flags);
	builder_put(builder, E_ID, "s", "test");
	builder_put(builder, E_ARGV, "S", (const char *const[]){"sh", "-c", script, NULL});
	builder_put(builder, E_ENV, "S", (const char *const[]){"PATH=/bin", NULL});
}

void busybox_plan(struct plan_builder *builder, uint32_t flags, const char *script)
{
	busybox_bare_plan(builder, PLAN_INIT, flags | PLAN_NEW_ROOT, script);
	builder_put(builder, E_NS_NEW, "u", CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET);
	builder_put(builder, E_ROOT_BIND, "s", sandbox_path("root"));
	builder_mount(builder, "proc", "/proc", "", MS_NOSUID | MS_NODEV | MS_NOEXEC);
	builder_mount(builder, "tmpfs", "/dev", "mode=755,size=64k", MS_NOSUID);
	builder_put(builder, E_DEVICE, "suuuuuu", "/dev/null", 'c', 1, 3, 0666, 0, 0);
	builder_put(builder, E_DEVICE, "suuuuuu", "/dev/tty", 'c', 5, 0, 0666, 0, 0);
}
