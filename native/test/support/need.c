/* SPDX-License-Identifier: Apache-2.0 */
#include "need.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "tap.h"

static pid_t started[64];
static unsigned int count;

void need_kill(pid_t pid)
{
	started[count++ % (sizeof(started) / sizeof(started[0]))] = pid;
}

void need(bool holds, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	if (holds)
		return;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	tap_ok(false, "needed: %s", text);
	for (unsigned int i = 0; i < count && i < sizeof(started) / sizeof(started[0]); i++)
		(void)kill(started[i], SIGTERM);
	printf("Bail out! %s\n", text);
	exit(1);
}
