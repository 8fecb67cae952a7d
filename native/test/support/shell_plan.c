/* SPDX-License-Identifier: Apache-2.0 */
#include "shell_plan.h"

#include <linux/sched.h>
#include <stdio.h>

static void start(struct plan_builder *builder, enum plan_kind kind, uint32_t flags, const char *script)
{
	builder_start(builder, kind, flags);
	builder_put(builder, E_ARGV, "S", (const char *const[]){"/bin/busybox", "sh", "-c", script, NULL});
	builder_put(builder, E_ENV, "S", (const char *const[]){"PATH=/bin:/usr/bin", NULL});
}

void shell_init(struct plan_builder *builder, uint32_t flags, const char *script)
{
	start(builder, PLAN_INIT, flags, script);
	builder_put(builder, E_NS_NEW, "u", CLONE_NEWPID);
}

void shell_host_init(struct plan_builder *builder, uint32_t flags, const char *script)
{
	start(builder, PLAN_INIT, flags, script);
}

void shell_exec(struct plan_builder *builder, uint64_t target, const char *script)
{
	start(builder, PLAN_EXEC, 0, script);
	builder_put(builder, E_TARGET, "U", target);
	builder_put(builder, E_NS_JOIN, "uu", CLONE_NEWPID, 0);
}

void shell_stdio(struct plan_builder *builder, uint32_t stream, enum stdio_kind kind, uint32_t fd, const char *path)
{
	builder_put(builder, E_STDIO, "uuus", stream, kind, fd, path);
}

void shell_cgroup(struct plan_builder *builder, const char *directory)
{
	char tasks[512];

	(void)snprintf(tasks, sizeof(tasks), "%s/tasks", directory);
	builder_put(builder, E_CGROUP_MKDIR, "us", 0, directory);
	builder_put(builder, E_CGROUP_JOIN, "s", tasks);
	builder_put(builder, E_REMOVE_CGROUP, "s", directory);
}
