/* SPDX-License-Identifier: Apache-2.0 */
#include "child_state.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channel.h"

#define TEXT_SIZE 2048

void child_enter(struct child *child, enum phase phase)
{
	child->phase = phase;
	/* PHASE_EXEC tells the shim that execve was reached: that mark is set by exec.c alone. */
	if (phase != PHASE_EXEC)
		child->context->progress->phase = phase;
}

struct failure {
	struct channel_header header;
	struct msg_failed failed;
	char text[TEXT_SIZE];
};

static _Noreturn void report(const struct child *child, int error, unsigned int exec_code, const char *format,
			     va_list arguments)
{
	struct failure failure = {.failed = {.phase = child->phase, .error = error, .exec_code = exec_code}};
	size_t fixed = offsetof(struct failure, text);
	int length = vsnprintf(failure.text, sizeof failure.text, format, arguments);

	if (length < 0)
		length = 0;
	if ((size_t)length >= sizeof failure.text)
		length = sizeof failure.text - 1;
	/* Of what is used here mount_setattr(2) is the newest that there is no way around. */
	if (error == ENOSYS)
		length += snprintf(failure.text + length, sizeof failure.text - (size_t)length, ": that needs Linux 5.12");
	if ((size_t)length >= sizeof failure.text)
		length = sizeof failure.text - 1;
	failure.header.type = CHANNEL_FAILED;
	failure.failed.text_length = (uint32_t)length;
	failure.header.length = (uint32_t)(fixed + (size_t)length);
	/* If nobody listens any more there is nobody left to tell: the exit status has to do. */
	if (child->gated)
		(void)!write(child->channel, &failure.failed, failure.header.length - sizeof failure.header);
	else
		(void)send(child->channel, &failure, failure.header.length, MSG_NOSIGNAL);
	_exit(exec_code ? (int)exec_code : 1);
}

void child_fail(const struct child *child, int error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	report(child, error, 0, format, arguments);
}

void child_fail_exec(const struct child *child, int error, unsigned int exec_code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	report(child, error, exec_code, format, arguments);
}

void *child_allocate(const struct child *child, size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);

	if (!memory)
		child_fail(child, ENOMEM, "allocate %zu elements of %zu bytes", count, size);
	return memory;
}
