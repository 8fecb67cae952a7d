/* SPDX-License-Identifier: Apache-2.0 */
/*
 * failure.h - why a launch failed, as MSG_FAILED tells it.
 */
#ifndef CAISSON_FAILURE_H
#define CAISSON_FAILURE_H

#include "protocol.h"

#define FAILURE_TEXT 2048

struct failure {
	struct msg_failed head;
	char text[FAILURE_TEXT];
};

/* The text says what was being done, on what and what to do; the engine adds the errno's meaning. Returns -1, for the caller to return. */
__attribute__((format(printf, 4, 5))) int failure_set(struct failure *failure, enum phase phase, int error,
						      const char *format, ...);

/* The phase's name as users read it. */
const char *phase_name(uint32_t phase);

#endif
