/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static unsigned int results, failures;

bool tap_ok(bool passed, const char *format, ...)
{
	va_list arguments;

	results++;
	failures += !passed;
	printf("%s %u - ", passed ? "ok" : "not ok", results);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	(void)fflush(stdout);
	return passed;
}

static void note_lines(const char *label, const char *text)
{
	printf("# %s: ", label);
	for (; *text; text++) {
		putchar(*text);
		if (*text == '\n' && text[1])
			printf("#   ");
	}
	printf("\n");
}

bool tap_is(const char *got, const char *wanted, const char *text)
{
	if (tap_ok(strcmp(got, wanted) == 0, "%s", text))
		return true;
	note_lines("wanted", wanted);
	note_lines("got", got);
	return false;
}

bool tap_has(const char *got, const char *part, const char *text)
{
	if (tap_ok(strstr(got, part) != NULL, "%s", text))
		return true;
	note_lines("wanted a part", part);
	note_lines("got", got);
	return false;
}

bool tap_number(long long got, long long wanted, const char *text)
{
	if (tap_ok(got == wanted, "%s", text))
		return true;
	printf("# wanted %lld, got %lld\n", wanted, got);
	return false;
}

void tap_skip(const char *reason, const char *text)
{
	results++;
	printf("ok %u - %s # SKIP %s\n", results, text, reason);
}

void tap_note(const char *format, ...)
{
	va_list arguments;

	printf("# ");
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
}

int tap_done(void)
{
	printf("1..%u\n", results);
	return failures ? 1 : 0;
}
