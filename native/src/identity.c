/* SPDX-License-Identifier: Apache-2.0 */
#include "identity.h"

#include <errno.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "capabilities.h"
#include "guard.h"
#include "user.h"

static bool environment_has(const struct child *child, const char *name)
{
	size_t length = strlen(name);

	for (char **variable = child->environment; *variable; variable++)
		if (strncmp(*variable, name, length) == 0 && (*variable)[length] == '=')
			return true;
	return false;
}

static void add_groups(struct child *child)
{
	struct plan_fields fields;
	char error[256];

	if (!plan_find(child->plan, E_GROUPS, &fields))
		return;
	child->identity.known = true;
	for (uint32_t i = field_list(&fields); i > 0; i--)
		if (user_add_group(child->root, field_string(&fields), &child->identity, error, sizeof error) != 0)
			child_fail(child, errno, "%s", error);
}

void identity_resolve(struct child *child)
{
	struct identity *identity = &child->identity;
	bool home = (child->plan->flags & PLAN_DEFAULT_HOME) && !environment_has(child, "HOME");
	const char *user = plan_string(child->plan, E_USER, NULL);
	struct plan_fields fields;
	char error[256];

	identity->uid = geteuid();
	identity->gid = getegid();
	if (plan_find(child->plan, E_IDENTITY, &fields)) {
		identity->known = true;
		identity->uid = field_u32(&fields);
		identity->gid = field_u32(&fields);
	} else if (user) {
		identity->known = true;
		if (user_find(child->root, user, identity, error, sizeof error) != 0)
			child_fail(child, errno, "%s", error);
	}
	if (home && !identity->home && user_find_home(child->root, identity, error, sizeof error) != 0)
		child_fail(child, errno, "%s", error);
	add_groups(child);
}

/* The primary group is among them: a program that changes its group id must not shake off what the group is denied
 * (CVE-2022-36109). */
static void set_groups(const struct child *child)
{
	const struct identity *identity = &child->identity;
	gid_t *groups = child_allocate(child, identity->group_count + 1, sizeof *groups);
	size_t count = 0;

	groups[count++] = identity->gid;
	for (size_t i = 0; i < identity->group_count; i++)
		if (identity->groups[i] != identity->gid)
			groups[count++] = identity->groups[i];
	/* A user namespace may forbid setgroups(2) for good: having none to add is then as good as it gets. */
	if (setgroups(count, groups) != 0 && !(errno == EPERM && child->shared_rights && count == 1))
		child_fail(child, errno, "set %zu supplementary groups", count);
	free(groups);
}

static void change_ids(const struct child *child)
{
	const struct identity *identity = &child->identity;

	set_groups(child);
	if (setresgid(identity->gid, identity->gid, identity->gid) != 0)
		child_fail(child, errno, "become group %u%s", identity->gid,
			   errno == EINVAL ? ", which the user namespace does not have" : "");
	if (setresuid(identity->uid, identity->uid, identity->uid) != 0)
		child_fail(child, errno, "become user %u%s", identity->uid,
			   errno == EINVAL ? ", which the user namespace does not have" : "");
}

/* Without no_new_privs only a process with CAP_SYS_ADMIN may load a seccomp filter (seccomp(2)). */
static bool needs_admin(const struct child *child)
{
	return plan_has(child->plan, E_SECCOMP) && !(child->plan->flags & PLAN_NO_NEW_PRIVS);
}

void identity_assume(struct child *child)
{
	bool capabilities = plan_has(child->plan, E_CAPS);

	if (capabilities) {
		capabilities_bound(child);
		if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0)
			child_fail(child, errno, "keep the capabilities while the user changes");
	}
	if (child->identity.known)
		change_ids(child);
	if (capabilities)
		capabilities_set(child, needs_admin(child));
	guard_process(child);
}

void identity_finish(struct child *child)
{
	if (plan_has(child->plan, E_CAPS) && needs_admin(child))
		capabilities_finish(child);
}
