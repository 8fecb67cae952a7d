/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fact.h - how a process ended, as the engine is told: EXITED with its report files, or FAILED with its text.
 */
#ifndef CAISSON_FACT_H
#define CAISSON_FACT_H

#include "connection.h"
#include "failure.h"
#include "kept.h"
#include "protocol.h"

struct fact {
	uint32_t type; /* MSG_EXITED, MSG_FAILED, or 0: there is none */
	union {
		struct msg_exited exited;
		struct msg_failed failed;
	} head;
	uint32_t tail_length;
	unsigned char *tail;
};

/* So many report files fit into one EXITED whatever their size. */
#define FACT_REPORTS_MAX ((MSG_MAX - sizeof(struct msg_header) - sizeof(struct msg_exited)) / (4 + REPORT_FILE_MAX))
#define FACT_REPORTS_SIZE (FACT_REPORTS_MAX * (4 + REPORT_FILE_MAX))
_Static_assert(sizeof(struct msg_header) + sizeof(struct msg_failed) + FAILURE_TEXT + FACT_REPORTS_SIZE <= MSG_MAX,
	       "they fit into one FAILED too");

/* Reads the report files. */
void fact_set_exited(struct fact *fact, const struct msg_exited *exited, const struct kept *kept);

/* With its report files where `kept` is given. */
void fact_set_failed(struct fact *fact, const struct failure *failure, const struct kept *kept);

/* The message; valid as long as the fact. */
struct body fact_body(const struct fact *fact);

void fact_free(struct fact *fact);

#endif
