/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log.h - <root>/shim.log: what an operator has to know and no engine can be told.
 */
#ifndef CAISSON_LOG_H
#define CAISSON_LOG_H

/* One line "<time> caisson-shim[pid]: could not <doing>: <strerror>" on standard error, which main() has made the log. */
__attribute__((format(printf, 2, 3))) void log_error(int error, const char *doing, ...);

/* One line that is no failure of a system call. */
__attribute__((format(printf, 1, 2))) void log_note(const char *text, ...);

#endif
