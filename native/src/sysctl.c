/* SPDX-License-Identifier: Apache-2.0 */
#include "sysctl.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "proc.h"

/* "net.ipv4.conf.eth0/1.forwarding": whichever of dot and slash comes first separates, the other one is then part of a name
 * and stands for its opposite (sysctl(8)). */
static bool to_path(const char *name, char path[PATH_MAX])
{
	const char *first = strpbrk(name, "./");
	bool dots = first && *first == '.';
	int length = snprintf(path, PATH_MAX, "sys/%s", name);

	if (length < 0 || length >= PATH_MAX || strstr(path, ".."))
		return false;
	for (char *at = path + 4; dots && *at; at++)
		if (*at == '.' || *at == '/')
			*at = *at == '.' ? '/' : '.';
	return true;
}

void sysctl_write_all(const struct child *child)
{
	struct plan_cursor cursor = plan_cursor(child->plan, E_SYSCTL, E_SYSCTL);
	struct plan_fields fields;
	char path[PATH_MAX];

	while (plan_next(&cursor, &fields)) {
		const char *name = field_string(&fields), *value = field_string(&fields);

		if (!to_path(name, path))
			child_fail(child, EINVAL, "set sysctl %.200s: no sysctl has such a name", name);
		if (proc_write(child, path, value) != 0)
			child_fail(child, errno, "set sysctl %s to %s", name, value);
	}
}
