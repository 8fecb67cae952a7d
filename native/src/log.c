/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024

__attribute__((format(printf, 3, 0))) static void log_line(int error, const char *prefix, const char *format,
							   va_list arguments)
{
	char line[LINE_MAX_BYTES];
	char text[LINE_MAX_BYTES / 2];
	char stamp[32] = "";
	time_t now = time(NULL);
	struct tm utc;
	int length;

	if (gmtime_r(&now, &utc) != NULL)
		(void)strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	length = snprintf(line, sizeof(line), "%s caisson-shim[%d]: %s%s%s%s\n", stamp, (int)getpid(), prefix, text,
			  error != 0 ? ": " : "", error != 0 ? strerror(error) : "");
	if (length > 0) {
		/* One write, so that lines of a launching child and of the shim do not mix. A log that cannot be written
		 * has nobody else to be told to. */
		ssize_t written = write(STDERR_FILENO, line, (size_t)length < sizeof(line) ? (size_t)length
										       : sizeof(line) - 1);
		(void)written;
	}
}

void log_error(int error, const char *doing, ...)
{
	va_list arguments;

	va_start(arguments, doing);
	log_line(error, "could not ", doing, arguments);
	va_end(arguments);
}

void log_note(const char *text, ...)
{
	va_list arguments;

	va_start(arguments, text);
	log_line(0, "", text, arguments);
	va_end(arguments);
}
