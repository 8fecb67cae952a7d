/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tap.h - the Test Anything Protocol, version 12: "ok 1 - text", "not ok 2 - text", "# SKIP reason", "1..n".
 */
#ifndef CAISSON_TAP_H
#define CAISSON_TAP_H

#include <stdbool.h>

/* Reports one result; the text is a format. Returns `passed`. */
bool tap_ok(bool passed, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Two strings are the same, or contain each other; says what was there if not. */
bool tap_is(const char *got, const char *wanted, const char *text);
bool tap_has(const char *got, const char *part, const char *text);

/* Two numbers are the same. */
bool tap_number(long long got, long long wanted, const char *text);

/* Reports that one result is not to be had here. */
void tap_skip(const char *reason, const char *text);

/* A line that explains. */
void tap_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints the plan; the exit code of the program. */
int tap_done(void);

#endif
