/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_plan.c - any bytes at all may come as a plan: the reader refuses them or reads them, and never beyond them.
 *
 * With clang: -fsanitize=fuzzer,address,undefined. With gcc (`make fuzz`) it brings its own driver, which changes good plans
 * at random: fuzz_plan [ROUNDS [SEED]].
 */
#include <linux/filter.h>
#include <linux/sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan_reader.h"
#include "plan_shape.h"
#include "support/plan_builder.h"

#define FDS 4

static volatile uint64_t sink;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const void *data, size_t length)
{
	for (size_t i = 0; i < length; i++)
		sink += ((const uint8_t *)data)[i];
}

static void use_field(struct plan_fields *fields, char shape)
{
	struct plan_bytes bytes;
	const char *text;

	switch (shape) {
	case 'u':
	case 'f':
	case 'F':
		sink += field_u32(fields);
		break;
	case 'U':
		sink += field_u64(fields);
		break;
	case 'b':
		bytes = field_bytes(fields);
		use(bytes.data, bytes.length);
		break;
	default:
		text = field_string(fields);
		use(text, strlen(text));
	}
}

/* Reads an entry as its shape says, to its last byte. */
static void use_entry(struct plan_fields fields, const char *shape)
{
	while (*shape) {
		if (*shape != '*') {
			use_field(&fields, *shape++);
			continue;
		}
		const char *element = shape + 2, *end = strchr(shape, ']');
		for (uint32_t count = field_list(&fields); count > 0; count--)
			for (const char *field = element; field < end; field++)
				use_field(&fields, *field);
		shape = end + 1;
	}
}

static void use_plan(const struct plan *plan)
{
	struct plan_cursor cursor = plan_cursor(plan, 0, PLAN_ENTRY_TYPES - 1);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		use_entry(fields, plan_shapes[cursor.type].fields);
		if (cursor.type == E_MOUNT) {
			struct plan_mount mount = field_mount(&fields);
			use(mount.content.data, mount.content.length);
		}
	}
	if (plan_find(plan, E_ARGV, &fields)) {
		char **argv = field_argv(&fields);
		for (char **argument = argv; argument && *argument; argument++)
			use(*argument, strlen(*argument));
		free(argv);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct plan plan;
	char error[128];

	if (plan_read(&plan, data, size, FDS, error, sizeof error) == 0)
		use_plan(&plan);
	else
		use(error, strlen(error));
	return 0;
}

#ifndef __clang__

static uint64_t state;

static uint32_t random_below(uint32_t limit)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % limit);
}

static void put_strings(struct plan_builder *builder, bool hook)
{
	static const char *const list[] = {"one", "two=2", "", NULL}, *const pairs[] = {"A=b", "PATH=/bin", NULL};

	builder_put(builder, E_ARGV, "S", list);
	builder_put(builder, E_ENV, "S", pairs);
	builder_put(builder, E_GROUPS, "S", pairs);
	if (hook)
		builder_put(builder, E_HOOK_CREATE, "sSSu", "/bin/hook", list, pairs, 5);
	builder_put(builder, E_SECCOMP_LISTENER, "uS", 2, list);
	builder_put(builder, E_SECCOMP, "ub", 8, "\0\0\0\0\0\0\0\0", sizeof(struct sock_filter));
}

static void put_network(struct plan_builder *builder)
{
	static const char *const addresses[] = {"10.0.0.1/24", "fd00::1/64", NULL};

	builder_put(builder, E_VETH, "sbssuSsbuS", "veth0", "\2\0\0\0\0\1", (size_t)6, "br0", "/run/lock", 1, addresses, "eth0",
		    "", (size_t)0, 1400, addresses);
	builder_put(builder, E_ROUTE, "sss", "10.1.0.0/16", "10.0.0.1", "eth0");
	builder_put(builder, E_REMOVE_LINK, "s", "veth0 02:00:00:00:00:01 br0 /run/lock");
	builder_put(builder, E_PIN, "u", 1);
}

/* A good plan with entries of all shapes. */
static void make_seed(struct plan_builder *builder, unsigned int kind)
{
	builder_start(builder, kind ? PLAN_EXEC : PLAN_INIT, kind ? 0 : PLAN_NEW_ROOT);
	builder_put(builder, E_ID, "s", "name");
	builder_put(builder, E_CGROUP_MKDIR, "us", 1, "/sys/fs/cgroup/x");
	builder_put(builder, E_CGROUP_WRITE, "ss", "/sys/fs/cgroup/x/y", "5");
	put_strings(builder, kind == 0);
	if (kind) {
		builder_put(builder, E_TARGET, "U", UINT64_C(7));
		builder_put(builder, E_NS_JOIN, "uu", CLONE_NEWNS, 0);
	} else {
		builder_put(builder, E_NS_NEW, "u", CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWNET);
		builder_put(builder, E_UID_MAP, "nuuu", 1, 0, 1, 2);
		builder_put(builder, E_GID_MAP, "nuuu", 1, 0, 1, 2);
		builder_put(builder, E_ROOT_OVERLAY, "Ssss", (const char *const[]){"/a", "/b", NULL}, "/u", "/w", "index=off");
		builder_content(builder, "content", "/etc/hosts", 0644);
		builder_mount(builder, "tmpfs", "/tmp", "size=1m", 6);
		put_network(builder);
	}
	builder_put(builder, E_KEEP_FD, "uu", 1, 3);
	builder_put(builder, E_STDIO, "uuus", 1, STDIO_SPOOL, 0, "/spool");
	builder_finish(builder);
}

static void change(uint8_t *bytes, size_t size)
{
	static const uint32_t odd[] = {0, 1, 4, 7, 8, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff};
	uint32_t at = random_below((uint32_t)size), word = 0;

	switch (random_below(4)) {
	case 0:
		bytes[at] ^= (uint8_t)(1u << random_below(8));
		return;
	case 1:
		bytes[at] = (uint8_t)random_below(256);
		return;
	case 2:
		word = odd[random_below(sizeof odd / sizeof odd[0])];
		break;
	default:
		memcpy(&word, bytes + at / 4 * 4, size - at / 4 * 4 < 4 ? 1 : 4);
		word += random_below(17) - 8;
	}
	at = at / 4 * 4;
	memcpy(bytes + at, &word, size - at < 4 ? size - at : 4);
}

static void one_round(const struct plan_builder *seed)
{
	size_t size = random_below(8) ? seed->length : random_below((uint32_t)seed->length) + 1;
	uint8_t *bytes = malloc(size); /* of just that size, so that the sanitizer sees a read beyond it */

	if (!bytes)
		abort();
	memcpy(bytes, seed->bytes, size);
	if (size >= sizeof(struct plan_header))
		((struct plan_header *)(void *)bytes)->length = (uint32_t)size;
	for (uint32_t i = random_below(6); i > 0; i--)
		change(bytes, size);
	(void)LLVMFuzzerTestOneInput(bytes, size);
	free(bytes);
}

int main(int argc, char **argv)
{
	unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 200000;
	struct plan_builder seeds[2];
	struct plan plan;
	char error[128];

	state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	for (unsigned int i = 0; i < 2; i++) {
		make_seed(&seeds[i], i);
		if (plan_read(&plan, seeds[i].bytes, seeds[i].length, FDS, error, sizeof error) != 0) {
			printf("the seed is no good plan: %s\n", error);
			return 1;
		}
	}
	for (unsigned long i = 0; i < rounds; i++)
		one_round(&seeds[i % 2]);
	printf("%lu changed plans: each refused, or read to its end\n", rounds);
	builder_free(&seeds[0]);
	builder_free(&seeds[1]);
	return 0;
}

#endif
