/* SPDX-License-Identifier: Apache-2.0 */
#include "failure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int failure_set(struct failure *failure, enum phase phase, int error, const char *format, ...)
{
	va_list arguments;

	failure->head = (struct msg_failed){.phase = phase, .error = error};
	va_start(arguments, format);
	(void)vsnprintf(failure->text, sizeof(failure->text), format, arguments);
	va_end(arguments);
	return -1;
}

const char *phase_name(uint32_t phase)
{
	static const char *const names[] = {
		[PHASE_PLAN] = "plan", [PHASE_CLONE] = "clone", [PHASE_CGROUP] = "cgroup", [PHASE_NAMESPACE] = "namespace",
		[PHASE_NETWORK] = "network", [PHASE_ROOTFS] = "rootfs", [PHASE_MOUNT] = "mount", [PHASE_DEVICE] = "device",
		[PHASE_PIVOT] = "pivot", [PHASE_MASK] = "mask", [PHASE_SYSCTL] = "sysctl", [PHASE_HOOK] = "hook",
		[PHASE_TERMINAL] = "terminal", [PHASE_STDIO] = "stdio", [PHASE_LIMIT] = "limit", [PHASE_USER] = "user",
		[PHASE_IDENTITY] = "identity", [PHASE_SECURITY] = "security", [PHASE_CWD] = "cwd", [PHASE_EXEC] = "exec",
		[PHASE_SHIM] = "shim", [PHASE_RESTORE] = "restore",
	};
	const char *name = phase < sizeof(names) / sizeof(names[0]) ? names[phase] : NULL;

	return name != NULL ? name : "start";
}
