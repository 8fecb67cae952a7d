/* SPDX-License-Identifier: Apache-2.0 */
#include "plan_rules.h"

#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "link.h"
#include "link_remove.h"
#include "mount_flags.h"
#include "veth.h"

#define NAMESPACES                                                                                                   \
	(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWUSER | CLONE_NEWCGROUP | \
	 CLONE_NEWTIME)

static bool is_propagation(uint64_t flags)
{
	flags &= ~(uint64_t)MS_REC;
	return flags == MS_SHARED || flags == MS_SLAVE || flags == MS_PRIVATE || flags == MS_UNBINDABLE;
}

static const char *rule_mount(struct plan_fields fields)
{
	struct plan_mount mount = field_mount(&fields);

	if (mount.propagation && !is_propagation(mount.propagation))
		return "a propagation that is no single one";
	if (mount_flags_unknown(mount.attr_set | mount.attr_clear))
		return "flags that no mount has";
	switch (mount.kind) {
	case MOUNT_FILESYSTEM:
		return mount.fstype[0] ? NULL : "a filesystem has no type";
	case MOUNT_BIND:
		return mount.source[0] == '/' ? NULL : "the source of a bind mount is no absolute path";
	case MOUNT_CGROUP:
	case MOUNT_CONTENT:
	case MOUNT_ATTRIBUTES:
		return NULL;
	}
	return "an unknown kind of mount";
}

static const char *rule_stdio(struct plan_fields fields)
{
	uint32_t stream = field_u32(&fields), kind = field_u32(&fields), fd = field_u32(&fields);
	const char *spool = field_string(&fields);

	if (stream > 2)
		return "a standard stream that is not 0, 1 or 2";
	switch ((enum stdio_kind)kind) {
	case STDIO_NULL:
		return NULL;
	case STDIO_FD:
		return fd ? NULL : "a stream is a descriptor, but none is named";
	case STDIO_SPOOL:
		return stream > 0 && spool[0] == '/' ? NULL : "only output can be spooled, to an absolute path";
	case STDIO_KEPT:
		return stream == 0 ? NULL : "only standard input can be kept";
	case STDIO_SAME:
		return stream == 2 ? NULL : "only standard error can be the same as standard output";
	}
	return "an unknown kind of standard stream";
}

static const char *rule_device(struct plan_fields fields)
{
	field_string(&fields);
	switch (field_u32(&fields)) {
	case 'c':
	case 'u':
	case 'b':
	case 'p':
		return NULL;
	default:
		return "an unknown type of device";
	}
}

static const char *rule_program(struct plan_bytes program, size_t instruction, size_t max)
{
	if (program.length == 0 || program.length % instruction != 0)
		return "a program that is no whole number of instructions";
	return program.length / instruction <= max ? NULL : "a program that is too long";
}

static const char *rule_veth(struct plan_fields fields)
{
	struct veth veth = field_veth(&fields);

	if (veth.mac.length != LINK_MAC || (veth.inside_mac.length != 0 && veth.inside_mac.length != LINK_MAC))
		return "an address of a link has six bytes";
	return NULL;
}

static const char *rule_namespaces(uint32_t flags)
{
	return flags != 0 && (flags & ~(uint32_t)NAMESPACES) == 0 ? NULL : "flags that name no namespaces";
}

const char *plan_rule_entry(enum entry_type type, struct plan_fields fields)
{
	switch ((int)type) {
	case E_CGROUP_DEVICES:
		field_string(&fields);
		return rule_program(field_bytes(&fields), sizeof(struct bpf_insn), 1u << 20);
	case E_NS_NEW:
	case E_NS_JOIN:
		return rule_namespaces(field_u32(&fields));
	case E_ROOT_PROPAGATION:
	case E_ROOT_FINAL_PROPAGATION:
		return is_propagation(field_u64(&fields)) ? NULL : "a propagation that is no single one";
	case E_ROOT_OVERLAY:
		return field_list(&fields) ? NULL : "an overlay without a lower directory";
	case E_MOUNT:
		return rule_mount(fields);
	case E_DEVICE:
		return rule_device(fields);
	case E_STDIO:
		return rule_stdio(fields);
	case E_KEEP_NETWORK:
		return field_u32(&fields) - 3 < 1u << 20 ? NULL : "a number below 3 or too high for a descriptor";
	case E_KEEP_FD:
		field_u32(&fields);
		return field_u32(&fields) - 3 < 1u << 20 ? NULL : "a number below 3 or too high for a descriptor";
	case E_RLIMIT:
		return field_u32(&fields) < RLIM_NLIMITS ? NULL : "an unknown resource";
	case E_UMASK:
		return field_u32(&fields) <= 0777 ? NULL : "a umask that is more than 0777";
	case E_SECCOMP:
		field_u32(&fields);
		return rule_program(field_bytes(&fields), sizeof(struct sock_filter), BPF_MAXINSNS);
	case E_ARGV:
		return field_list(&fields) ? NULL : "it is empty";
	case E_CPU_AFFINITY:
	case E_CPU_AFFINITY_INITIAL:
		return field_bytes(&fields).length ? NULL : "an empty mask";
	case E_REMOVE_LINK:
		return link_remove_valid(field_string(&fields)) ? NULL : "it is not NAME MAC BRIDGE LOCK";
	case E_VETH:
		return rule_veth(fields);
	case E_SECCOMP_LISTENER:
		field_u32(&fields);
		return field_list(&fields) ? NULL : "the message is empty";
	default:
		return NULL;
	}
}

unsigned int plan_joined_namespaces(const struct plan *plan)
{
	struct plan_cursor cursor = plan_cursor(plan, E_NS_JOIN, E_NS_JOIN);
	struct plan_fields fields;
	unsigned int flags = 0;

	while (plan_next(&cursor, &fields))
		flags |= field_u32(&fields);
	return flags;
}

static const char *rule_joins(const struct plan *plan)
{
	struct plan_cursor cursor = plan_cursor(plan, E_NS_JOIN, E_NS_JOIN);
	unsigned int seen = plan_u32(plan, E_NS_NEW, 0);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		uint32_t flags = field_u32(&fields);

		if (flags & seen)
			return "a namespace is joined twice, or joined and made";
		if (field_u32(&fields) == 0 && !plan_has(plan, E_TARGET))
			return "E_NS_JOIN names the target's init, but there is no E_TARGET";
		seen |= flags;
	}
	return NULL;
}

static const char *rule_kept_descriptors(const struct plan *plan)
{
	struct plan_cursor cursor = plan_cursor(plan, E_KEEP_FD, E_KEEP_FD);
	struct plan_fields fields;
	uint32_t last = 2;

	while (plan_next(&cursor, &fields)) {
		field_u32(&fields);
		uint32_t number = field_u32(&fields);
		if (number <= last)
			return "the numbers of E_KEEP_FD do not ascend";
		last = number;
	}
	if (plan_find(plan, E_KEEP_NETWORK, &fields) && (field_u32(&fields) <= last))
		return "the number of E_KEEP_NETWORK is not above those of E_KEEP_FD";
	return NULL;
}

static const char *rule_root(const struct plan *plan, unsigned int made)
{
	uint32_t roots = plan->count[E_ROOT_BIND] + plan->count[E_ROOT_OVERLAY] + plan->count[E_ROOT_HOST_COPY];

	if (roots != (plan->flags & PLAN_NEW_ROOT ? 1 : 0))
		return "PLAN_NEW_ROOT goes with exactly one E_ROOT_BIND, E_ROOT_OVERLAY or E_ROOT_HOST_COPY";
	if (plan_has(plan, E_ROOT_BARE) && !plan_has(plan, E_ROOT_HOST_COPY))
		return "E_ROOT_BARE is part of an E_ROOT_HOST_COPY";
	if (made & CLONE_NEWNS)
		return NULL;
	for (int type = E_ROOT_PROPAGATION; type <= E_READONLY; type++)
		if (plan->count[type])
			return "something is mounted or made in a root, but there is no new mount namespace";
	if (plan->flags & (PLAN_NEW_ROOT | PLAN_ROOT_READONLY | PLAN_DEV_SETUP))
		return "a root is wanted, but no new mount namespace";
	return NULL;
}

static const char *rule_namespace_users(const struct plan *plan, unsigned int made, unsigned int joined)
{
	if ((plan_has(plan, E_UID_MAP) || plan_has(plan, E_GID_MAP)) && !((made | joined) & CLONE_NEWUSER))
		return "there are id maps, but no user namespace";
	if ((made & CLONE_NEWUSER) && !(plan_has(plan, E_UID_MAP) && plan_has(plan, E_GID_MAP)))
		return "there is a new user namespace, but its id maps are missing";
	if ((plan_has(plan, E_HOSTNAME) || plan_has(plan, E_DOMAINNAME)) && !((made | joined) & CLONE_NEWUTS))
		return "a host name is set, but in the host's own namespace";
	if (plan_has(plan, E_TIME_OFFSET) && !(made & CLONE_NEWTIME))
		return "there are time offsets, but no new time namespace";
	if ((plan->flags & PLAN_ROOT_IDMAP) && !(made & CLONE_NEWUSER))
		return "PLAN_ROOT_IDMAP needs a new user namespace";
	return NULL;
}

static const char *rule_seccomp(const struct plan *plan)
{
	struct plan_fields fields;
	bool listener = plan_find(plan, E_SECCOMP, &fields) && (field_u32(&fields) & SECCOMP_FILTER_FLAG_NEW_LISTENER);

	return listener == plan_has(plan, E_SECCOMP_LISTENER) ? NULL
							      : "a seccomp listener and its socket go together";
}

/* A terminal is all three streams; what comes out of it can be spooled. */
static bool only_spools_output(const struct plan *plan)
{
	struct plan_cursor cursor = plan_cursor(plan, E_STDIO, E_STDIO);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields))
		if (field_u32(&fields) != 1 || field_u32(&fields) != STDIO_SPOOL)
			return false;
	return true;
}

static const char *rule_process(const struct plan *plan)
{
	if (!plan_has(plan, E_ARGV))
		return "there is no E_ARGV";
	if (plan_has(plan, E_USER) && plan_has(plan, E_IDENTITY))
		return "there are both E_USER and E_IDENTITY";
	if ((plan->flags & PLAN_TTY) && !only_spools_output(plan))
		return "a stream is given beside PLAN_TTY";
	if (plan->kind == PLAN_EXEC && !plan_has(plan, E_TARGET) && !plan_has(plan, E_NS_JOIN))
		return "a process is to enter a container, but none is named";
	return rule_kept_descriptors(plan);
}

static const char *rule_restore(const struct plan *plan)
{
	bool restores = plan->flags & PLAN_RESTORE;

	if (restores != plan_has(plan, E_RESTORE_STAGE))
		return "PLAN_RESTORE goes with E_RESTORE_STAGE";
	if (!restores)
		return plan_has(plan, E_RESTORE_POINT) || plan_has(plan, E_KEEP_NETWORK)
			       ? "there is something for a restorer, but no PLAN_RESTORE"
			       : NULL;
	if (!(plan->flags & PLAN_NEW_ROOT) ||
	    (plan->flags & (PLAN_HOLD | PLAN_INIT_REAPER | PLAN_ROOT_IDMAP | PLAN_DEV_SETUP)))
		return "PLAN_RESTORE needs a root, and leaves what is in it to the restorer";
	return NULL;
}

static const char *rule_idmaps(const struct plan *plan)
{
	struct plan_cursor cursor = plan_cursor(plan, E_MOUNT, E_MOUNT);
	struct plan_fields fields;

	while (plan_next(&cursor, &fields)) {
		struct plan_mount mount = field_mount(&fields);

		if (mount.idmap > plan->count[E_IDMAP] || (mount.idmap && mount.kind != MOUNT_BIND))
			return "a mount's id map is not there, or the mount is no bind";
	}
	return NULL;
}

const char *plan_rule_whole(const struct plan *plan)
{
	unsigned int made = plan_u32(plan, E_NS_NEW, 0), joined = plan_joined_namespaces(plan);
	const char *wrong;

	if (plan->kind == PLAN_CLEAN)
		return NULL;
	if (plan_has(plan, E_VETH) && !((made | joined) & CLONE_NEWNET))
		return "there is an E_VETH, but no network namespace to put it in";
	if ((wrong = rule_process(plan)) || (wrong = rule_joins(plan)) || (wrong = rule_root(plan, made)) ||
	    (wrong = rule_namespace_users(plan, made, joined)) || (wrong = rule_idmaps(plan)) ||
	    (wrong = rule_restore(plan)))
		return wrong;
	return rule_seccomp(plan);
}
