/* SPDX-License-Identifier: Apache-2.0 */
#include "security.h"

#include <errno.h>
#include <linux/keyctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "proc.h"

#define DESCRIPTION_SIZE 512
/* keyctl_setperm(3): the owner may find the keyring, so that a process that changed its user still can. */
#define KEY_USER_SEARCH 0x00080000u

void security_label(const struct child *child)
{
	const char *profile = plan_string(child->plan, E_APPARMOR, NULL);
	const char *label = plan_string(child->plan, E_SELINUX, NULL);
	char text[1024];

	if (profile) {
		if ((size_t)snprintf(text, sizeof text, "exec %s", profile) >= sizeof text)
			child_fail(child, ENAMETOOLONG, "confine the process by the AppArmor profile %.100s...", profile);
		if (proc_write(child, "self/attr/apparmor/exec", text) != 0)
			child_fail(child, errno, "confine the process by the AppArmor profile %s%s", profile,
				   errno == ENOENT ? ": no such profile is loaded, or AppArmor is not enabled" : "");
	}
	if (label && proc_write(child, "self/attr/exec", label) != 0)
		child_fail(child, errno, "set the SELinux label %s", label);
}

/* Adds the owner's right to search. The description is "keyring;uid;gid;permissions;name". */
static void open_keyring(const struct child *child, long keyring)
{
	char description[DESCRIPTION_SIZE];
	long length = syscall(SYS_keyctl, KEYCTL_DESCRIBE, keyring, description, sizeof description - 1);
	const char *field = description;
	unsigned long permissions;

	if (length < 0)
		child_fail(child, errno, "describe the session keyring");
	description[(size_t)length < sizeof description ? (size_t)length : sizeof description - 1] = '\0';
	for (int i = 0; i < 3 && field; i++)
		field = strchr(field, ';') ? strchr(field, ';') + 1 : NULL;
	if (!field)
		child_fail(child, EPROTO, "read the permissions of the session keyring from %s", description);
	permissions = strtoul(field, NULL, 16);
	if (syscall(SYS_keyctl, KEYCTL_SETPERM, keyring, permissions | KEY_USER_SEARCH) != 0)
		child_fail(child, errno, "set the permissions of the session keyring");
}

void security_keyring(const struct child *child)
{
	const char *label = plan_string(child->plan, E_SELINUX, NULL);
	char name[300];
	long keyring;

	if (!(child->plan->flags & PLAN_NEW_KEYRING))
		return;
	if (label && proc_write(child, "self/attr/keycreate", label) != 0)
		child_fail(child, errno, "label the session keyring %s", label);
	snprintf(name, sizeof name, "_ses.%s", plan_string(child->plan, E_ID, ""));
	keyring = syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name);
	if (keyring < 0)
		child_fail(child, errno, "make the session keyring %s", name);
	open_keyring(child, keyring);
	if (label && proc_write(child, "self/attr/keycreate", "") != 0)
		child_fail(child, errno, "end the labelling of keyrings");
}

void security_no_new_privileges(const struct child *child)
{
	if ((child->plan->flags & PLAN_NO_NEW_PRIVS) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		child_fail(child, errno, "set no_new_privs");
}
