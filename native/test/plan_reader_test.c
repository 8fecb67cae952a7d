/* SPDX-License-Identifier: Apache-2.0 */
/* The plan reader takes what is right and says what is wrong. */
#include "plan_reader.h"

#include <linux/sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

#include "support/plan_builder.h"
#include "support/tap.h"

static const char *const ARGV[] = {"/bin/true", "one", NULL};
static char error[256];

static void start(struct plan_builder *builder)
{
	builder_start(builder, PLAN_INIT, 0);
	builder_put(builder, E_ARGV, "S", ARGV);
}

/* Reads it in a buffer of just its size, so that a sanitizer sees a read beyond it. */
static int read_plan(struct plan_builder *builder, struct plan *plan)
{
	builder_finish(builder);
	unsigned char *exact = malloc(builder->length);

	if (!exact)
		abort();
	memcpy(exact, builder->bytes, builder->length);
	free(builder->bytes);
	builder->bytes = exact;
	return plan_read(plan, exact, builder->length, 3, error, sizeof error);
}

static void refuses(struct plan_builder *builder, const char *why)
{
	struct plan plan;

	error[0] = '\0';
	tap_number(read_plan(builder, &plan), -1, why);
	tap_has(error, why, "... and says so");
	builder_free(builder);
}

static void fields_come_back(void)
{
	struct plan_builder builder;
	struct plan_fields fields;
	struct plan plan;

	start(&builder);
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/a");
	builder_put(&builder, E_HOSTNAME, "s", "box");
	builder_put(&builder, E_CGROUP_WRITE, "ss", "/sys/fs/cgroup/a/pids.max", "5");
	builder_put(&builder, E_NS_NEW, "u", CLONE_NEWUTS | CLONE_NEWNS);
	builder_put(&builder, E_CGROUP_MKDIR, "us", 1, "/sys/fs/cgroup/b");
	builder_put(&builder, E_RLIMIT, "uUU", 7, UINT64_C(5), UINT64_C(6));
	builder_content(&builder, "text", "/etc/hosts", 0644);
	tap_ok(read_plan(&builder, &plan) == 0, "a plan is read%s%s", *error ? ": " : "", error);
	tap_is(plan_string(&plan, E_HOSTNAME, ""), "box", "a string comes back");
	tap_is(plan_string(&plan, E_DOMAINNAME, "none"), "none", "a missing one is the default");
	tap_number(plan_u32(&plan, E_NS_NEW, 0), CLONE_NEWUTS | CLONE_NEWNS, "a number comes back");
	struct plan_cursor cursor = plan_cursor(&plan, E_CGROUP_MKDIR, E_CGROUP_DEVICES);
	int types[4] = {0}, count = 0;
	while (plan_next(&cursor, &fields) && count < 4)
		types[count++] = (int)cursor.type;
	tap_ok(count == 3 && types[0] == E_CGROUP_MKDIR && types[1] == E_CGROUP_WRITE && types[2] == E_CGROUP_MKDIR,
	       "entries of a range of types come in the order in which they stand");
	plan_find(&plan, E_MOUNT, &fields);
	struct plan_mount mount = field_mount(&fields);
	tap_ok(mount.kind == MOUNT_CONTENT && mount.content.length == 4 && memcmp(mount.content.data, "text", 4) == 0,
	       "a mount comes back");
	plan_find(&plan, E_ARGV, &fields);
	char **argv = field_argv(&fields);
	tap_ok(argv && strcmp(argv[0], "/bin/true") == 0 && strcmp(argv[1], "one") == 0 && !argv[2], "arguments come back");
	free(argv);
	builder_free(&builder);
}

static void every_cut_is_refused(void)
{
	struct plan_builder builder;
	struct plan plan;
	size_t taken = 0;

	start(&builder);
	builder_put(&builder, E_NS_NEW, "u", CLONE_NEWNS);
	builder_content(&builder, "text", "/etc/hosts", 0644);
	builder_put(&builder, E_ENV, "S", (const char *const[]){"A=b", NULL});
	builder_finish(&builder);
	for (size_t length = 0; length < builder.length; length++) {
		unsigned char *cut = malloc(length + 1);

		if (!cut)
			abort();
		memcpy(cut, builder.bytes, length);
		if (length >= sizeof(struct plan_header))
			((struct plan_header *)(void *)cut)->length = (uint32_t)length;
		taken += plan_read(&plan, cut, length, 1, error, sizeof error) == 0;
		free(cut);
	}
	tap_number((long long)taken, 0, "a plan that is cut off anywhere is refused");
	builder_free(&builder);
}

static void wrong_headers(void)
{
	struct plan_builder builder;

	start(&builder);
	builder.bytes[0] ^= 1;
	refuses(&builder, "magic number");
	start(&builder);
	builder.bytes[4] ^= 1;
	refuses(&builder, "version");
	start(&builder);
	builder.bytes[6] = 99;
	refuses(&builder, "unknown kind");
	start(&builder);
	builder.bytes[16]++;
	refuses(&builder, "is cut off");
	start(&builder);
	builder.bytes[16]--;
	refuses(&builder, "behind its last entry");
}

static void wrong_entries(void)
{
	struct plan_builder builder;

	start(&builder);
	builder_put(&builder, (enum entry_type)79, "u", 1);
	refuses(&builder, "unknown type");
	start(&builder);
	builder_put(&builder, (enum entry_type)4000000000u, "u", 1);
	refuses(&builder, "unknown type");
	start(&builder);
	builder_put(&builder, E_UMASK, "u", 1);
	builder_put(&builder, E_UMASK, "u", 1);
	refuses(&builder, "twice");
	start(&builder);
	builder_put(&builder, E_TARGET, "U", UINT64_C(1));
	refuses(&builder, "no place in this kind");
	start(&builder);
	builder_put(&builder, E_UMASK, "uu", 1, 2);
	refuses(&builder, "behind its last field");
	start(&builder);
	builder_put(&builder, E_CWD, "s", "relative");
	refuses(&builder, "not absolute");
	start(&builder);
	builder_put(&builder, E_CGROUP_MKDIR, "us", 0, "/sys/fs/cgroup/../../x");
	refuses(&builder, "\"..\"");
	start(&builder);
	builder_put(&builder, E_KEEP_FD, "uu", 3, 3);
	refuses(&builder, "not passed");
	start(&builder);
	builder_put(&builder, E_ENV, "S", (const char *const[]){"=b", NULL});
	refuses(&builder, "KEY=value");
	start(&builder);
	builder_put(&builder, E_SECCOMP, "ub", 0, "1234567", (size_t)7);
	refuses(&builder, "whole number of instructions");
	start(&builder);
	builder_put(&builder, E_STDIO, "uuus", 3, STDIO_NULL, 0, "");
	refuses(&builder, "not 0, 1 or 2");
	start(&builder);
	builder_put(&builder, E_NS_NEW, "u", 0x10);
	refuses(&builder, "name no namespaces");
	start(&builder);
	builder_put(&builder, E_GROUPS, "n", 0x40000000);
	refuses(&builder, "goes beyond the end");
	start(&builder);
	builder_put(&builder, E_HOSTNAME, "s", "abc");
	*(unsigned char *)memchr(builder.bytes + builder.entry, 'b', 16) = '\0';
	refuses(&builder, "NUL inside");
}

static void contradictions(void)
{
	struct plan_builder builder;

	builder_start(&builder, PLAN_INIT, 0);
	refuses(&builder, "no E_ARGV");
	start(&builder);
	builder_flags(&builder, PLAN_NEW_ROOT);
	refuses(&builder, "exactly one E_ROOT");
	start(&builder);
	builder_mount(&builder, "proc", "/proc", "", 0);
	refuses(&builder, "no new mount namespace");
	start(&builder);
	builder_put(&builder, E_HOSTNAME, "s", "x");
	refuses(&builder, "host name");
	start(&builder);
	builder_put(&builder, E_USER, "s", "root");
	builder_put(&builder, E_IDENTITY, "uu", 0, 0);
	refuses(&builder, "both E_USER and E_IDENTITY");
	start(&builder);
	builder_put(&builder, E_KEEP_FD, "uu", 1, 4);
	builder_put(&builder, E_KEEP_FD, "uu", 1, 4);
	refuses(&builder, "do not ascend");
	start(&builder);
	builder_put(&builder, E_NS_NEW, "u", CLONE_NEWNS);
	builder_put(&builder, E_IDMAP, "nuuunuuu", 1, 0, 5, 1, 1, 0, 5, 1);
	builder_put(&builder, E_MOUNT, "uuUUUuuussssb", MOUNT_BIND, 0, UINT64_C(0), UINT64_C(0), UINT64_C(0), 2, 0, 0755, "/a",
		    "/b", "", "", "", (size_t)0);
	refuses(&builder, "id map is not there");
	start(&builder);
	builder_put(&builder, E_NS_NEW, "u", CLONE_NEWUSER);
	refuses(&builder, "id maps are missing");
	start(&builder);
	builder_put(&builder, E_NS_NEW, "u", CLONE_NEWNET);
	builder_put(&builder, E_NS_JOIN, "uu", CLONE_NEWNET, 1);
	refuses(&builder, "joined and made");
	builder_start(&builder, PLAN_EXEC, 0);
	builder_put(&builder, E_ARGV, "S", ARGV);
	refuses(&builder, "none is named");
}

int main(void)
{
	fields_come_back();
	every_cut_is_refused();
	wrong_headers();
	wrong_entries();
	contradictions();
	return tap_done();
}
