/* SPDX-License-Identifier: Apache-2.0 */
#include "fact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "descriptor.h"
#include "log.h"

/* The length read, or REPORT_MISSING. */
static uint32_t read_report(const char *path, unsigned char bytes[static REPORT_FILE_MAX])
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	ssize_t length = fd >= 0 ? read(fd, bytes, REPORT_FILE_MAX) : -1;

	return length < 0 ? REPORT_MISSING : (uint32_t)length;
}

/* Appends them behind what the bytes hold already; returns how many. */
static uint32_t append_reports(const struct kept *kept, unsigned char *bytes, uint32_t *filled)
{
	struct kept_entry report;
	size_t position = 0;
	uint32_t count = 0;

	while (count < FACT_REPORTS_MAX && kept_next(kept, KEPT_REPORT, &position, &report)) {
		uint32_t length = read_report(report.text, bytes + *filled + sizeof(length));

		memcpy(bytes + *filled, &length, sizeof(length));
		*filled += (uint32_t)sizeof(length) + (length != REPORT_MISSING ? length : 0);
		count++;
	}
	return count;
}

/* False: there is no memory for it. */
static bool keep_tail(struct fact *fact, const unsigned char *bytes, uint32_t length)
{
	fact->tail = malloc(length);
	if (fact->tail == NULL)
		return false;
	memcpy(fact->tail, bytes, length);
	fact->tail_length = length;
	return true;
}

void fact_set_exited(struct fact *fact, const struct msg_exited *exited, const struct kept *kept)
{
	static unsigned char all[FACT_REPORTS_SIZE];
	uint32_t length = 0;

	*fact = (struct fact){.type = MSG_EXITED, .head.exited = *exited};
	fact->head.exited.reports = append_reports(kept, all, &length);
	if (length > 0 && !keep_tail(fact, all, length)) {
		log_error(errno, "keep the report files of an ended process");
		fact->head.exited.reports = 0;
	}
}

void fact_set_failed(struct fact *fact, const struct failure *failure, const struct kept *kept)
{
	static unsigned char all[FAILURE_TEXT + FACT_REPORTS_SIZE];
	uint32_t length = (uint32_t)strlen(failure->text);

	*fact = (struct fact){.type = MSG_FAILED, .head.failed = failure->head};
	fact->head.failed.text_length = length;
	memcpy(all, failure->text, length);
	if (kept != NULL)
		(void)append_reports(kept, all, &length);
	if (length > 0 && !keep_tail(fact, all, length)) {
		log_error(errno, "keep why a launch failed: %s", failure->text);
		fact->head.failed.text_length = 0;
	}
}

struct body fact_body(const struct fact *fact)
{
	struct body body = {.part_count = 2};

	body.parts[0] = (struct iovec){.iov_base = (void *)&fact->head,
				       .iov_len = fact->type == MSG_EXITED ? sizeof(fact->head.exited)
									   : sizeof(fact->head.failed)};
	body.parts[1] = (struct iovec){.iov_base = fact->tail, .iov_len = fact->tail_length};
	return body;
}

void fact_free(struct fact *fact)
{
	free(fact->tail);
	*fact = (struct fact){0};
}
