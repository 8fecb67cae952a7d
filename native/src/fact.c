/* SPDX-License-Identifier: Apache-2.0 */
#include "fact.h"

#include <errno.h>
#include <fcntl.h>
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

static void append_report(struct fact *fact, unsigned char *all, const char *path)
{
	unsigned char *at = all + fact->tail_length;
	uint32_t length = read_report(path, at + sizeof(length));

	memcpy(at, &length, sizeof(length));
	fact->tail_length += (uint32_t)sizeof(length) + (length != REPORT_MISSING ? length : 0);
	fact->head.exited.reports++;
}

void fact_set_exited(struct fact *fact, const struct msg_exited *exited, const struct kept *kept)
{
	static unsigned char all[FACT_REPORTS_MAX * (4 + REPORT_FILE_MAX)];
	struct kept_entry report;
	size_t position = 0;

	*fact = (struct fact){.type = MSG_EXITED, .head.exited = *exited};
	fact->head.exited.reports = 0;
	while (fact->head.exited.reports < FACT_REPORTS_MAX && kept_next(kept, KEPT_REPORT, &position, &report))
		append_report(fact, all, report.text);
	if (fact->tail_length == 0)
		return;
	fact->tail = malloc(fact->tail_length);
	if (fact->tail == NULL) {
		log_error(errno, "keep the report files of an ended process");
		fact->head.exited.reports = 0;
		fact->tail_length = 0;
		return;
	}
	memcpy(fact->tail, all, fact->tail_length);
}

void fact_set_failed(struct fact *fact, const struct failure *failure)
{
	*fact = (struct fact){.type = MSG_FAILED, .head.failed = failure->head};
	fact->tail = (unsigned char *)strdup(failure->text);
	if (fact->tail != NULL)
		fact->tail_length = (uint32_t)strlen(failure->text);
	else
		log_error(errno, "keep why a launch failed: %s", failure->text);
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
