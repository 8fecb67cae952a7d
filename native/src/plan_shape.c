/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_shape.h"

#include <string.h>

#include "plan_reader.h"

#define INIT (1 << PLAN_INIT)
#define EXEC (1 << PLAN_EXEC)
#define HOST (1 << PLAN_HOST)
#define CLEAN (1 << PLAN_CLEAN)
#define RUNS (INIT | EXEC)
#define ANY (INIT | EXEC | HOST)

#define ONCE(type, shape, where) [type] = {#type, shape, where, false}
#define MANY(type, shape, where) [type] = {#type, shape, where, true}

#define STRINGS "*[s]"
#define HOOK "p*[s]*[e]u"

const struct plan_shape plan_shapes[PLAN_ENTRY_TYPES] = {
	ONCE(E_ID, "S", ANY | CLEAN),
	ONCE(E_BLOB, "b", ANY | CLEAN),
	ONCE(E_TARGET, "U", EXEC),
	MANY(E_REPORT, "c", RUNS),
	MANY(E_REMOVE_CGROUP, "c", RUNS | CLEAN),
	MANY(E_REMOVE_TREE, "c", ANY | CLEAN),
	MANY(E_UNMOUNT, "c", ANY | CLEAN),
	MANY(E_REMOVE_LINK, "S", RUNS | CLEAN),
	MANY(E_PIN, "f", RUNS),
	MANY(E_CGROUP_MKDIR, "uc", RUNS),
	MANY(E_CGROUP_WRITE, "cs", RUNS),
	MANY(E_CGROUP_JOIN, "c", RUNS),
	ONCE(E_CGROUP_INTO, "c", RUNS),
	MANY(E_CGROUP_DEVICES, "cb", RUNS),
	MANY(E_CGROUP_GIVE, "cuu", RUNS),
	ONCE(E_NS_NEW, "u", INIT),
	MANY(E_NS_JOIN, "uF", RUNS),
	ONCE(E_UID_MAP, "*[uuu]", RUNS),
	ONCE(E_GID_MAP, "*[uuu]", RUNS),
	ONCE(E_SETGROUPS, "u", INIT),
	ONCE(E_HOSTNAME, "s", INIT),
	ONCE(E_DOMAINNAME, "s", INIT),
	MANY(E_TIME_OFFSET, "uUu", INIT),
	ONCE(E_ROOT_PROPAGATION, "U", INIT),
	ONCE(E_ROOT_BIND, "p", INIT),
	ONCE(E_ROOT_OVERLAY, "*[p]sss", INIT),
	ONCE(E_ROOT_HOST_COPY, "s*[p]", INIT),
	ONCE(E_ROOT_FINAL_PROPAGATION, "U", INIT),
	MANY(E_ROOT_BARE, "p", INIT),
	MANY(E_MOUNT, "uuUUUuuuspssb", INIT),
	MANY(E_DEVICE, "puuuuuu", INIT),
	MANY(E_SYMLINK, "Sp", INIT),
	MANY(E_MASK, "p", INIT),
	MANY(E_READONLY, "p", INIT),
	MANY(E_SYSCTL, "Ss", INIT),
	MANY(E_IDMAP, "*[uuu]*[uuu]", INIT),
	MANY(E_STDIO, "uuFs", ANY),
	MANY(E_KEEP_FD, "fu", ANY),
	ONCE(E_CONSOLE_SIZE, "uu", RUNS),
	MANY(E_RLIMIT, "uUU", ANY),
	ONCE(E_OOM_SCORE_ADJ, "u", ANY),
	ONCE(E_SCHEDULER, "uUuuUUU", ANY),
	ONCE(E_IO_PRIORITY, "uu", ANY),
	ONCE(E_CPU_AFFINITY, "b", ANY),
	ONCE(E_MEMORY_POLICY, "ub", ANY),
	ONCE(E_PERSONALITY, "U", ANY),
	ONCE(E_UMASK, "u", ANY),
	ONCE(E_USER, "s", RUNS),
	ONCE(E_IDENTITY, "uu", ANY),
	ONCE(E_GROUPS, "*[S]", ANY),
	ONCE(E_CAPS, "UUUUU", RUNS),
	ONCE(E_APPARMOR, "S", RUNS),
	ONCE(E_SELINUX, "S", RUNS),
	ONCE(E_SECCOMP, "ub", RUNS),
	ONCE(E_CWD, "p", ANY),
	ONCE(E_ARGV, STRINGS, ANY),
	ONCE(E_ENV, "*[e]", ANY),
	MANY(E_HOOK_CREATE, HOOK, INIT),
	MANY(E_HOOK_START, HOOK, INIT),
	ONCE(E_GATE_FIFO, "f", INIT),
	ONCE(E_SECCOMP_LISTENER, "f*[s]", RUNS),
	ONCE(E_PROGRAM, "S", ANY),
	ONCE(E_CPU_AFFINITY_INITIAL, "b", ANY),
	ONCE(E_RESTORE_STAGE, "c", INIT),
	MANY(E_RESTORE_POINT, "up", INIT),
	ONCE(E_KEEP_NETWORK, "u", INIT),
	MANY(E_VETH, "SbScu*[S]Sbu*[S]", INIT),
	MANY(E_ROUTE, "Sss", INIT),
};

/* What is left of an entry while its shape is walked. */
struct walk {
	const uint8_t *at, *end;
	unsigned int fd_count;
};

static bool take(struct walk *walk, void *value, size_t size)
{
	if ((size_t)(walk->end - walk->at) < size)
		return false;
	memcpy(value, walk->at, size);
	walk->at += size;
	return true;
}

static bool has_parent_component(const char *path)
{
	for (const char *at = path; (at = strstr(at, "/..")); at += 3)
		if (at[3] == '/' || at[3] == '\0')
			return true;
	return false;
}

static const char *check_text(char field, const char *text, uint32_t length)
{
	switch (field) {
	case 'S':
		return length ? NULL : "a string is empty";
	case 'c':
		if (has_parent_component(text))
			return "a path has a \"..\"";
		/* fall through */
	case 'p':
		return text[0] == '/' ? NULL : "a path is not absolute";
	case 'e':
		return strchr(text, '=') > text ? NULL : "a variable is not KEY=value";
	default:
		return NULL;
	}
}

static const char *check_string(struct walk *walk, char field)
{
	uint32_t length;
	const char *text;

	if (!take(walk, &length, sizeof length) || (size_t)(walk->end - walk->at) <= length)
		return "a string goes beyond the end";
	text = (const char *)walk->at;
	if (memchr(text, '\0', (size_t)length + 1) != text + length)
		return "a string has a NUL inside or none at its end";
	walk->at += (size_t)length + 1;
	return check_text(field, text, length);
}

static const char *check_bytes(struct walk *walk)
{
	uint32_t length;

	if (!take(walk, &length, sizeof length) || (size_t)(walk->end - walk->at) < length)
		return "bytes go beyond the end";
	walk->at += length;
	return NULL;
}

static const char *check_descriptor(struct walk *walk, bool optional)
{
	uint32_t index;

	if (!take(walk, &index, sizeof index))
		return "a descriptor index goes beyond the end";
	if (index == 0 && optional)
		return NULL;
	return index > 0 && index < walk->fd_count ? NULL : "a descriptor that was not passed";
}

static const char *check_field(struct walk *walk, char field)
{
	uint64_t number;

	switch (field) {
	case 'u':
		return take(walk, &number, sizeof(uint32_t)) ? NULL : "a number goes beyond the end";
	case 'U':
		return take(walk, &number, sizeof(uint64_t)) ? NULL : "a number goes beyond the end";
	case 'b':
		return check_bytes(walk);
	case 'f':
	case 'F':
		return check_descriptor(walk, field == 'F');
	default:
		return check_string(walk, field);
	}
}

/* `fields` stands behind "*[": walks the elements, each of which takes at least four bytes, and moves behind the "]". */
static const char *check_list(struct walk *walk, const char **fields)
{
	const char *element = *fields, *wrong;
	uint32_t count;

	*fields = strchr(element, ']') + 1;
	if (!take(walk, &count, sizeof count))
		return "a list goes beyond the end";
	for (uint32_t i = 0; i < count; i++)
		for (const char *field = element; *field != ']'; field++)
			if ((wrong = check_field(walk, *field)))
				return wrong;
	return NULL;
}

const char *plan_shape_check(const struct plan_shape *shape, const uint8_t *payload, uint32_t length,
			     unsigned int fd_count)
{
	struct walk walk = {payload, payload + length, fd_count};
	const char *fields = shape->fields, *wrong;

	while (*fields) {
		if (*fields == '*') {
			fields += 2;
			wrong = check_list(&walk, &fields);
		} else {
			wrong = check_field(&walk, *fields++);
		}
		if (wrong)
			return wrong;
	}
	return walk.at == walk.end ? NULL : "there are bytes behind its last field";
}
